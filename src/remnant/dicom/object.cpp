#include "remnant/dicom/object.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcxfer.h>

#include "remnant/base/atomic_file.h"
#include "remnant/base/error.h"
#include "remnant/dicom/toolkit.h"

namespace remnant::dicom {
namespace {

/// Names the program in the meta header (PS3.10, section 7.1). From a UUID, as PS3.5 annex B.2 allows.
constexpr const char* kImplementationClassUid = "2.25.296478243160174085931463029857361095482";
constexpr const char* kImplementationVersionName = "REMNANT_0";

E_TransferSyntax syntaxToWrite(DcmDataset& dataset) {
  DcmElement* element = nullptr;
  dataset.findAndGetElement(DCM_PixelData, element);
  auto* pixels = dynamic_cast<DcmPixelData*>(element);
  E_TransferSyntax syntax = EXS_LittleEndianExplicit;
  const DcmRepresentationParameter* parameter = nullptr;
  if (pixels) pixels->getOriginalRepresentationKey(syntax, parameter);
  return DcmXfer(syntax).isEncapsulated() ? syntax : EXS_LittleEndianExplicit;
}

void requireGood(const OFCondition& condition, const std::filesystem::path& path) {
  if (condition.bad())
    throw InputError("unwritable-file", std::string("cannot be written as DICOM: ") + condition.text(),
                     path.string());
}

/// The meta header made from the data set alone, so that the same object gives the same bytes.
void renewMetaHeader(DcmFileFormat& file, E_TransferSyntax syntax, const std::filesystem::path& path) {
  DcmMetaInfo& meta = *file.getMetaInfo();
  meta = DcmMetaInfo();  // the 128 bytes before the header too: they may hold anything
  requireGood(file.validateMetaInfo(syntax, EWM_createNewMeta), path);
  requireGood(meta.putAndInsertString(DCM_ImplementationClassUID, kImplementationClassUid), path);
  requireGood(meta.putAndInsertString(DCM_ImplementationVersionName, kImplementationVersionName), path);
  requireGood(meta.computeGroupLengthAndPadding(EGL_recalcGL, EPD_noChange,
                                                META_HEADER_DEFAULT_TRANSFERSYNTAX, EET_ExplicitLength),
              path);
}

}  // namespace

Object::Object(std::unique_ptr<DcmFileFormat> file, ReadLimits limits)
    : file_(std::move(file)), limits_(limits) {}
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

Object Object::create(const std::string& sopClassUid, const std::string& sopInstanceUid) {
  ensureToolkit();
  Object object(std::make_unique<DcmFileFormat>(), ReadLimits{});
  object.dataset().setText({0x0008, 0x0016}, sopClassUid);
  object.dataset().setText({0x0008, 0x0018}, sopInstanceUid);
  return object;
}

Dataset Object::dataset() const {
  return Dataset(*file_->getDataset());
}

std::string Object::transferSyntaxUid() const {
  return DcmXfer(file_->getDataset()->getCurrentXfer()).getXferID();
}

void Object::write(const std::filesystem::path& path) const {
  DcmDataset& dataset = *file_->getDataset();
  const E_TransferSyntax syntax = syntaxToWrite(dataset);
  renewMetaHeader(*file_, syntax, path);
  AtomicFile atomic(path);
  requireGood(file_->saveFile(atomic.temporaryPath().c_str(), syntax, EET_ExplicitLength, EGL_recalcGL,
                              EPD_withoutPadding, 0, 0, EWM_dontUpdateMeta),
              path);
  atomic.commit();
}

}  // namespace remnant::dicom
