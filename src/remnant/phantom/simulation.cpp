#include "remnant/phantom/simulation.h"

#include <algorithm>
#include <cmath>

#include "remnant/base/error.h"
#include "remnant/phantom/attenuation_map.h"
#include "remnant/phantom/component_masks.h"
#include "remnant/phantom/counting.h"
#include "remnant/phantom/setting.h"
#include "remnant/phantom/uid.h"
#include "remnant/projection/exposure.h"

namespace remnant::phantom {
namespace {

/// Voxels as fine as the pixels of a whole-body picture.
double fineVoxelMm(const CentreCamera& camera) {
  return camera.camera.pixelMm128 / 2;
}

CountingConditions conditionsOf(const Cohort& cohort, const CentreCamera& camera, const CameraDay& day) {
  return {camera, day, physics::nuclideNamed(cohort.acquisition.nuclide), cohort.camera.fullSpectrumFraction};
}

projection::ScatterModel scatterModelOf(const Cohort& cohort) {
  return cohort.acquisition.scatter == "esse" ? projection::ScatterModel::kEsse
                                              : projection::ScatterModel::kAnalytic;
}

StudyView viewOf(const Cohort& cohort, const CentreCamera& camera, const Setting& setting,
                 projection::ScatterModel scatter) {
  projection::ProjectorConfig config;
  config.scatter = scatter;
  return {setting.scene, setting.acquisitions, fineVoxelMm(camera),
          physics::nuclideNamed(cohort.acquisition.nuclide).photopeakKeV, config};
}

std::vector<std::vector<image::Image>> expectedObjects(const Cohort& cohort, const CentreCamera& camera,
                                                       const Setting& setting) {
  const StudyView view = viewOf(cohort, camera, setting, scatterModelOf(cohort));
  std::vector<std::vector<image::Image>> objects;
  for (const AcquisitionPlan& plan : setting.acquisitions)
    objects.push_back(expectedFrames(view, plan, conditionsOf(cohort, camera, setting.day)));
  return objects;
}

std::string shortNuclide(const std::string& name) {
  std::string text = name;
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

std::string protocolOf(const Cohort& cohort, StudyKind kind) {
  const bool therapy = kind == StudyKind::kAfterTherapy && cohort.acquisition.nuclide == "I-131";
  return (cohort.acquisition.kind == "whole-body" ? "WB " : "Neck ") +
         shortNuclide(cohort.acquisition.nuclide) + (therapy ? " post therapy" : " diagnostic");
}

CameraFacts cameraFactsOf(const Centre& centre, const physics::Camera& camera) {
  return {.institution = centre.name,
          .address = centre.address,
          .manufacturer = centre.manufacturer.empty() ? camera.manufacturer : centre.manufacturer,
          .model = centre.model.empty() ? camera.model : centre.model,
          .serial = centre.serial,
          .collimator = centre.collimator,
          .fieldOfViewAcrossMm = camera.fieldOfViewAcrossMm,
          .fieldOfViewAlongMm = camera.fieldOfViewAlongMm};
}

NeckMeasurement measuredNeck(const Cohort& cohort, const Person& person, const CameraDay& day) {
  const auto tenths = [](double mm) { return std::round(mm * 10) / 10; };
  return {tenths(person.neckDepthMm + day.neckDepthErrorMm), cohort.camera.neckDepthErrorMm,
          tenths(person.neckWidthMm + day.neckWidthErrorMm), cohort.camera.neckWidthErrorMm};
}

/// The numbers of frames go on from object to object.
std::uint32_t firstFrameOf(const std::vector<AcquisitionPlan>& plans, std::size_t object) {
  std::size_t frames = 0;
  for (std::size_t index = 0; index < object; ++index) frames += plans[index].frameCount();
  return static_cast<std::uint32_t>(Purpose::kNoise) + static_cast<std::uint32_t>(frames);
}

const image::Counts& opposedFrame(const SimulatedStudy& study, std::size_t head) {
  const AcquisitionPlan* plan = opposedViewsOf(study.record.acquisitions);
  if (!plan) throw ProgramError("a study without opposed views was asked for one");
  const auto object = static_cast<std::size_t>(plan - study.record.acquisitions.data());
  return study.objects[object].frames[head * plan->windows.size()];
}

}  // namespace

const image::Counts& SimulatedStudy::anterior() const {
  return opposedFrame(*this, 0);
}

const image::Counts& SimulatedStudy::posterior() const {
  return opposedFrame(*this, 1);
}

Simulation::Simulation(Cohort cohort, std::uint64_t seed) : cohort_(std::move(cohort)), seed_(seed) {
  for (std::size_t centre = 0; centre < cohort_.centres.size(); ++centre) {
    RandomStream random = streamOfCentre(seed, centre);
    cameras_.push_back(centreCameraOf(cohort_, cohort_.centres[centre], random));
  }
}

std::size_t Simulation::studyCount(std::size_t patient) const {
  return caseOf(cohort_, seed_, patient).course.size();
}

SimulatedStudy Simulation::simulate(std::size_t patient, std::size_t study) const {
  const Setting setting = settingOf(cohort_, cameras_, seed_, patient, study);
  return drawn(setting, patient, study, expectedObjects(cohort_, cameras_[setting.patient.centre], setting));
}

MonteCarloStudy Simulation::simulateByMonteCarlo(std::size_t patient, std::size_t study,
                                                 const MonteCarloConfig& config) const {
  requireMonteCarloCan(cohort_);
  const Setting setting = settingOf(cohort_, cameras_, seed_, patient, study);
  const CentreCamera& camera = cameras_[setting.patient.centre];
  const StudyView unscattered = viewOf(cohort_, camera, setting, projection::ScatterModel::kNone);
  RandomStream seeds = streamOf(seed_, patient, study, Purpose::kMonteCarlo);
  Expectations expectations;
  MonteCarloStudy made;
  for (const AcquisitionPlan& plan : setting.acquisitions) {
    MonteCarloFrames frames =
        monteCarloFrames(unscattered, plan, conditionsOf(cohort_, camera, setting.day), seeds, config);
    expectations.push_back(std::move(frames.expected));
    made.noise.include(frames.noise);
  }
  made.study = drawn(setting, patient, study, expectations);
  return made;
}

SimulatedStudy Simulation::drawn(const Setting& setting, std::size_t patient, std::size_t study,
                                 const Expectations& expectations) const {
  SimulatedStudy made;
  made.record = record(patient, study);
  for (std::size_t object = 0; object < expectations.size(); ++object) {
    AcquiredCounts acquired{setting.acquisitions[object], {}};
    std::uint32_t frame = firstFrameOf(setting.acquisitions, object);
    for (const image::Image& expectation : expectations[object])
      acquired.frames.push_back(projection::drawCounts(expectation, seed_, placeOf(patient, study), frame++));
    made.objects.push_back(std::move(acquired));
  }
  if (cohort_.acquisition.ctMap) {
    RandomStream random = streamOf(seed_, patient, study, Purpose::kMap);
    made.map = sampleMap(cohort_, setting.scene, setting.patient, setting.day, random);
  }
  return made;
}

std::vector<std::vector<image::Image>> Simulation::expected(std::size_t patient, std::size_t study) const {
  const Setting setting = settingOf(cohort_, cameras_, seed_, patient, study);
  return expectedObjects(cohort_, cameras_[setting.patient.centre], setting);
}

std::vector<image::Counts> Simulation::masks(std::size_t patient, std::size_t study) const {
  const Setting setting = settingOf(cohort_, cameras_, seed_, patient, study);
  const AcquisitionPlan* plan = opposedViewsOf(setting.acquisitions);
  if (!plan) return {};
  const CentreCamera& camera = cameras_[setting.patient.centre];
  return componentMasks(setting.scene, viewOf(cohort_, camera, setting, scatterModelOf(cohort_)), *plan,
                        camera);
}

StudyRecord Simulation::record(std::size_t patient, std::size_t study) const {
  const Setting setting = settingOf(cohort_, cameras_, seed_, patient, study);
  const Centre& centre = cohort_.centres[setting.patient.centre];
  const CentreCamera& camera = cameras_[setting.patient.centre];
  const Person& person = setting.patient.person;
  RandomStream identityRandom = streamOf(seed_, patient, kWholePatient, Purpose::kIdentity);
  RandomStream laboratoryRandom = streamOf(seed_, patient, study, Purpose::kLaboratory);
  StudyRecord record;
  record.facts = {.cohort = cohort_.name,
                  .seed = seed_,
                  .patientIndex = patient,
                  .studyIndex = study,
                  .identity = sampleIdentity(patient, person, setting.firstStudy, identityRandom),
                  .sex = person.sex == Sex::kFemale ? 'F' : 'M',
                  .heightMm = person.heightMm,
                  .weightKg = person.weightKg,
                  .scan = setting.plan.scan(),
                  .administration = setting.plan.administration,
                  .doseMBq = setting.plan.doseMBq,
                  .nuclide = cohort_.acquisition.nuclide,
                  .studyDescription = cohort_.acquisition.nuclide +
                                      (cohort_.acquisition.kind == "whole-body" ? " whole body" : " neck"),
                  .protocolName = protocolOf(cohort_, setting.plan.kind),
                  .camera = cameraFactsOf(centre, camera.camera)};
  const auto first = describeAcquisition(record.facts, setting.acquisitions.front(), 0);
  record.studyInstanceUid = first.study.instanceUid;
  record.accessionNumber = first.study.accessionNumber;
  record.acquisitions = setting.acquisitions;
  record.truth = truthOf(setting.patient, setting.plan, setting.scene, camera, setting.acquisitions,
                         setting.day.lateralShiftMm);
  record.residualTissue = hasResidualTissue(cohort_, setting.plan);
  record.laboratory = sampleLaboratory(cohort_, setting.plan, laboratoryRandom);
  record.neck = measuredNeck(cohort_, person, setting.day);
  if (cohort_.acquisition.ctMap) record.mapSlices = mapGrid(setting.scene, setting.patient).rows;
  return record;
}

physics::Calibration Simulation::calibrationOf(std::size_t centre) const {
  const Centre& facts = cohort_.centres.at(centre);
  const CentreCamera& camera = cameras_.at(centre);
  const auto& prior = cohort_.camera;
  physics::Calibration calibration;
  calibration.camera = facts.camera;
  calibration.serialNumber = facts.serial;
  for (const int head : {1, 2})
    for (const projection::WindowModel& window : camera.windows)
      calibration.sensitivities.push_back(
          {.head = head,
           .nuclide = cohort_.acquisition.nuclide,
           .collimator = facts.collimator,
           .window = window.response.window,
           .coreCpsPerMBq = window.response.coreCpsPerMBq * (head == 2 ? facts.posteriorGain : 1),
           .relativeUncertainty = prior.sensitivitySigma});
  // What a place on a head counts differs from day to day by the head's gain and from place to place by its
  // uniformity, of which the mean square over the prior is taken.
  const double least = prior.uniformityRms.least, most = prior.uniformityRms.most;
  calibration.headGainRelativeUncertainty =
      std::hypot(prior.headGainSigma, std::sqrt((least * least + least * most + most * most) / 3));
  calibration.tailScale = prior.tailScale.mean;
  calibration.tailScaleUncertainty = prior.tailScale.standardDeviation;
  calibration.tableOpticalDepth = (prior.tableOpticalDepth.least + prior.tableOpticalDepth.most) / 2;
  calibration.tableOpticalDepthUncertainty =
      (prior.tableOpticalDepth.most - prior.tableOpticalDepth.least) / std::sqrt(12);
  calibration.deadTimeSeconds = camera.camera.deadTimeSeconds;
  calibration.deadTimeUncertaintySeconds = camera.camera.deadTimeSeconds * prior.deadTimeSigma;
  calibration.fullSpectrumFraction = prior.fullSpectrumFraction;
  calibration.rayAngleDegrees = facts.rayAngleDegrees;
  return calibration;
}

std::vector<dicom::Object> dicomObjectsOf(const SimulatedStudy& study, bool planted) {
  std::vector<dicom::Object> objects;
  for (std::size_t object = 0; object < study.objects.size(); ++object)
    objects.push_back(
        scintigraphy::writeNm(describeAcquisition(study.record.facts, study.objects[object].plan, object),
                              study.objects[object].frames));
  if (study.map) {
    const auto description = describeMap(study.record.facts, study.objects.size(), study.record.mapSlices);
    for (dicom::Object& slice :
         scintigraphy::writeCtSeries(study.map->attenuationPerMm, study.map->keV, description))
      objects.push_back(std::move(slice));
  }
  for (dicom::Object& object : objects) {
    writeIdentity(object.dataset(), study.record.facts.identity);
    if (planted) plantIdentity(object.dataset(), study.record.facts.identity);
  }
  return objects;
}

}  // namespace remnant::phantom
