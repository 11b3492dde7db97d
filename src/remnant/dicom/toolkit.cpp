#include "remnant/dicom/toolkit.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dctagkey.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

#include <mutex>

#include "remnant/base/error.h"

namespace remnant::dicom {
namespace {

void setUp() {
  OFLog::configure(OFLogger::OFF_LOG_LEVEL);
  if (!dcmDataDict.isDictionaryLoaded())
    throw ProgramError("DCMTK finds no data dictionary; the package libdcmtk17 is incomplete");
  DJDecoderRegistration::registerCodecs(EDC_never);
  DJLSDecoderRegistration::registerCodecs();
}

}  // namespace

void ensureToolkit() {
  static std::once_flag once;
  std::call_once(once, setUp);
}

DcmTagKey keyOf(Tag tag) {
  return DcmTagKey(tag.group, tag.element);
}
Tag tagOf(const DcmTagKey& key) {
  return {key.getGroup(), key.getElement()};
}

}  // namespace remnant::dicom
