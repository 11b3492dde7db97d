#include "remnant/dataset/build_study.h"

#include <fmt/format.h>

#include <algorithm>

#include "remnant/base/atomic_file.h"
#include "remnant/base/sha256.h"
#include "remnant/dataset/build.h"
#include "remnant/dicom/pixels.h"
#include "remnant/image/png.h"
#include "remnant/standardise/study_images.h"

namespace remnant::dataset {
namespace {

namespace fs = std::filesystem;
using image::Box;
using image::Counts;
using standardise::NeckGeometry;
using standardise::OpposedViews;

/// Says why a study is left out, from deep below.
struct StudyUnfit {
  LeftOut leftOut;
};

struct Frames {
  std::vector<Counts> counts;
  bool simulated;
};

constexpr dicom::Tag kSoftwareVersions{0x0018, 0x1020};

Frames framesOf(const CatalogueObject& object, const Store& store) {
  try {
    const dicom::Object file = dicom::Object::read(store.pathOf(object));
    auto pixels = dicom::decodePixels(file);
    if (!pixels) throw StudyUnfit{{"unreadable", "the object has no pixels"}};
    if (pixels->lossy)
      throw StudyUnfit{{"lossy-pixels", "the pixels were compressed with loss and are not counts"}};
    const std::string software = file.dataset().text(kSoftwareVersions).value_or("");
    return {std::move(pixels->frames), software.starts_with(kSimulatorSoftware)};
  } catch (const InputError& error) {
    if (error.code() == "missing-object") throw;
    throw StudyUnfit{{"unreadable", error.what()}};
  }
}

Counts frameAt(const std::vector<Counts>& frames, std::size_t frame) {
  if (frame >= frames.size())
    throw StudyUnfit{{"unreadable", "the object has fewer frames than its header tells"}};
  return frames[frame];
}

struct ReadStudy {
  OpposedViews views;
  bool simulated;
};

ReadStudy readStudy(const OpposedFrames& chosen, const Store& store) {
  const CatalogueObject& object = chosen.anterior.object;
  OpposedViews views{.anterior = {},
                     .posterior = {},
                     .rowSpacingMm = object.rowSpacingMm.value(),
                     .columnSpacingMm = object.columnSpacingMm.value(),
                     .headFirst = !object.patientPosition.starts_with("FF")};
  const Frames frames = framesOf(object, store);
  views.anterior = frameAt(frames.counts, chosen.anterior.frame);
  views.posterior = object.object == chosen.posterior.object.object
                        ? frameAt(frames.counts, chosen.posterior.frame)
                        : frameAt(framesOf(chosen.posterior.object, store).counts, chosen.posterior.frame);
  if (views.anterior.rows() != views.posterior.rows() ||
      views.anterior.columns() != views.posterior.columns())
    throw StudyUnfit{{"unreadable", "the two views differ in shape from what their headers tell"}};
  return {std::move(views), frames.simulated};
}

NeckGeometry neckOf(const OpposedViews& views) {
  try {
    return standardise::findNeck(views);
  } catch (const InputError& error) {
    if (error.code() != "no-body-outline") throw;
    throw StudyUnfit{{error.code(), error.what()}};
  }
}

/// One of the four images of a study.
struct StudyImage {
  std::string imageSet;
  std::string view;
  Box crop;  ///< in the full-body frame of its view
  Counts counts;
  const FrameChoice* origin;

  std::string file(const std::string& study) const { return imageSet + "/" + study + "_" + view + ".png"; }
};

std::vector<StudyImage> imagesOf(const OpposedViews& views, const NeckGeometry& geometry,
                                 const OpposedFrames& chosen) {
  const Box whole{.x = 0, .y = 0, .width = views.anterior.columns(), .height = views.anterior.rows()};
  const Box posteriorNeck = standardise::mirroredBox(geometry.neck, views.posterior.columns());
  return {
      {"full-body", "anterior", whole, views.anterior, &chosen.anterior},
      {"full-body", "posterior", whole, views.posterior, &chosen.posterior},
      {"neck-region", "anterior", geometry.neck, cropped(views.anterior, geometry.neck), &chosen.anterior},
      {"neck-region", "posterior", posteriorNeck, cropped(views.posterior, posteriorNeck), &chosen.posterior},
  };
}

bool alreadyThere(const fs::path& path, const std::string& digest) {
  return fs::is_regular_file(path) && toHex(sha256OfFile(path)) == digest;
}

class StudyBuilder {
 public:
  StudyBuilder(const std::string& study, const std::vector<CatalogueObject>& objects, const Store& store,
               const fs::path& folder)
      : study_(study), objects_(objects), store_(store), folder_(folder) {}

  StudyParts build(const OpposedFrames& chosen, const std::vector<RegionRow>& regions) {
    const auto [views, simulated] = readStudy(chosen, store_);
    const NeckGeometry geometry = neckOf(views);
    const auto images = imagesOf(views, geometry, chosen);
    writeImages(images);
    linkObjects();
    for (const StudyImage& image : images) addViewRow(image, views, geometry);
    addRegions(automaticRegions(views, geometry), images, views);
    addRegions(regions, images, views);
    parts_.acquired = chosen.anterior.object;
    parts_.severalAcquisitions = chosen.severalAcquisitions;
    parts_.simulated = simulated;
    return std::move(parts_);
  }

 private:
  /// All are encoded before the first is written, so that a study left out leaves nothing behind.
  void writeImages(const std::vector<StudyImage>& images) {
    std::vector<std::string> encoded;
    for (const StudyImage& image : images) encoded.push_back(encodedOrUnfit(image.counts));
    for (std::size_t i = 0; i < images.size(); ++i) {
      const std::string file = images[i].file(study_);
      const std::string digest = toHex(sha256(encoded[i]));
      if (!alreadyThere(folder_ / file, digest)) writeWholeFile(folder_ / file, encoded[i]);
      parts_.checksums[file] = digest;
    }
  }

  static std::string encodedOrUnfit(const Counts& counts) {
    try {
      return image::encodePng(counts);
    } catch (const InputError& error) {
      throw StudyUnfit{{error.code(), error.what()}};
    }
  }

  std::string objectFile(std::size_t number) const {
    return fmt::format("dicom/{}/{}.dcm", study_, number + 1);
  }

  void linkObjects() {
    createFolder(folder_ / "dicom" / study_);
    removeAbandonedTemporaries(folder_ / "dicom" / study_);
    for (std::size_t number = 0; number < objects_.size(); ++number) {
      const fs::path source = store_.pathOf(objects_[number]);
      if (toHex(sha256OfFile(source)) != objects_[number].storedSha256)
        throw InputError("changed-object", "is not the object that was ingested; ingest the archive again",
                         source.string());
      const std::string file = objectFile(number);
      if (!alreadyThere(folder_ / file, objects_[number].storedSha256)) linkOrCopy(source, folder_ / file);
      parts_.checksums[file] = objects_[number].storedSha256;
    }
  }

  /// A second name for the same bytes where the file system can, so that a dataset costs no more space.
  static void linkOrCopy(const fs::path& source, const fs::path& target) {
    AtomicFile file(target);
    std::error_code fault;
    fs::create_hard_link(source, file.temporaryPath(), fault);
    if (fault) fs::copy_file(source, file.temporaryPath(), fault);
    if (fault) throw InputError("unwritable-file", "cannot be written: " + fault.message(), target.string());
    file.commit();
  }

  std::string sourceFileOf(const FrameChoice& choice) const {
    const auto found = std::find_if(objects_.begin(), objects_.end(), [&](const CatalogueObject& object) {
      return object.object == choice.object.object;
    });
    return objectFile(static_cast<std::size_t>(found - objects_.begin()));
  }

  void addViewRow(const StudyImage& image, const OpposedViews& views, const NeckGeometry& geometry) {
    parts_.viewRows.push_back(
        {study_, image.imageSet, image.view, image.file(study_), std::to_string(image.counts.rows()),
         std::to_string(image.counts.columns()), numberText(views.rowSpacingMm),
         numberText(views.columnSpacingMm), geometry.headFirst ? "top" : "bottom",
         std::to_string(image::sumOf(image.counts)), std::to_string(image.crop.x),
         std::to_string(image.crop.y), std::to_string(image.crop.width), std::to_string(image.crop.height),
         sourceFileOf(*image.origin), std::to_string(image.origin->frame)});
  }

  void addRegions(const std::vector<RegionRow>& regions, const std::vector<StudyImage>& images,
                  const OpposedViews& views) {
    for (const RegionRow& region : regions) {
      requireInside(region, views.anterior);
      for (const StudyImage& image : images) {
        if (image.view != region.view) continue;
        if (image.imageSet == "full-body")
          parts_.regionRows.push_back(cellsOf(study_, region));
        else if (const auto moved =
                     regionOnCrop(region, image.crop, views.rowSpacingMm, views.columnSpacingMm))
          parts_.regionRows.push_back(cellsOf(study_, *moved));
      }
    }
  }

  static void requireInside(const RegionRow& region, const Counts& frame) {
    const Box& box = region.box;
    if (box.x < frame.columns() && box.y < frame.rows() && box.width <= frame.columns() - box.x &&
        box.height <= frame.rows() - box.y)
      return;
    throw InputError(
        "bad-value",
        fmt::format("line {} of the regions: the box of {} x {} pixels at {}, {} leaves its image "
                    "of {} x {}",
                    region.line, box.width, box.height, box.x, box.y, frame.columns(), frame.rows()));
  }

  const std::string& study_;
  const std::vector<CatalogueObject>& objects_;
  const Store& store_;
  const fs::path& folder_;
  StudyParts parts_;
};

}  // namespace

std::variant<StudyParts, LeftOut> buildStudy(const std::string& study,
                                             const std::vector<CatalogueObject>& objects,
                                             const std::vector<RegionRow>& regions, const Store& store,
                                             const fs::path& folder) {
  const auto selection = selectOpposedViews(objects);
  if (const auto* leftOut = std::get_if<LeftOut>(&selection)) return *leftOut;
  try {
    return StudyBuilder(study, objects, store, folder).build(std::get<OpposedFrames>(selection), regions);
  } catch (const StudyUnfit& unfit) {
    return unfit.leftOut;
  }
}

}  // namespace remnant::dataset
