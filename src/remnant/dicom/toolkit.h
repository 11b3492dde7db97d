#pragma once

#include <string>

#include "remnant/dicom/tag.h"

class DcmTagKey;

/// What the files of this folder share about DCMTK. Not for other folders.
namespace remnant::dicom {

/// Silences DCMTK's log, checks its dictionary and registers its decoders: once, from whichever thread comes
/// first.
void ensureToolkit();

DcmTagKey keyOf(Tag tag);
Tag tagOf(const DcmTagKey& key);

}  // namespace remnant::dicom
