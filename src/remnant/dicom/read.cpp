#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcistrmf.h>
#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcsequen.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <fmt/format.h>

#include <array>
#include <cstring>
#include <fstream>
#include <system_error>

#include "remnant/base/error.h"
#include "remnant/dicom/object.h"
#include "remnant/dicom/toolkit.h"
#include "remnant/dicom/unknown_values.h"

namespace remnant::dicom {
namespace {

/// DCMTK enters nested sequences by recursion and has no limit of its own: a file of 100 kB can nest deep
/// enough to overrun the stack. Reading stops when this much of it is in use; the smallest default stack of a
/// thread is 8 MiB here.
constexpr std::ptrdiff_t kStackBytes = std::ptrdiff_t{2} << 20;

enum class Breach { kNone, kHeaderBytes, kDepth };

/// Hands bytes from the file to DCMTK's parser, and stops it where the header grows too large or the nesting
/// too deep.
class BoundedProducer : public DcmProducer {
 public:
  BoundedProducer(const OFFilename& name, offile_off_t offset, std::uint64_t headerBytes)
      : file_(name, offset), headerBytesLeft_(headerBytes), stackStart_(stackPlace()) {}

  OFBool good() const override { return breach_ == Breach::kNone && file_.good(); }
  OFCondition status() const override {
    return breach_ == Breach::kNone ? file_.status() : OFCondition(EC_InvalidStream);
  }
  OFBool eos() override { return breach_ != Breach::kNone || file_.eos(); }
  offile_off_t avail() override { return breach_ == Breach::kNone ? file_.avail() : 0; }
  offile_off_t read(void* buffer, offile_off_t length) override {
    check();
    if (breach_ != Breach::kNone) return 0;
    const offile_off_t count = file_.read(buffer, length);
    headerBytesLeft_ -= std::min<std::uint64_t>(headerBytesLeft_, static_cast<std::uint64_t>(count));
    return count;
  }
  offile_off_t skip(offile_off_t length) override {
    return breach_ == Breach::kNone ? file_.skip(length) : 0;
  }
  void putback(offile_off_t length) override { file_.putback(length); }

  Breach breach() const { return breach_; }

 private:
  static const char* stackPlace() { return static_cast<const char*>(__builtin_frame_address(0)); }
  void check() {
    if (headerBytesLeft_ == 0) breach_ = Breach::kHeaderBytes;
    if (std::abs(stackStart_ - stackPlace()) > kStackBytes) breach_ = Breach::kDepth;
  }

  DcmFileProducer file_;
  std::uint64_t headerBytesLeft_;
  const char* stackStart_;
  Breach breach_ = Breach::kNone;
};

class BoundedStream : public DcmInputStream {
 public:
  BoundedStream(const std::filesystem::path& path, std::uint64_t headerBytes)
      : DcmInputStream(&producer_), name_(path.c_str()), producer_(name_, 0, headerBytes) {}

  DcmInputStreamFactory* newFactory() const override {
    return new DcmInputFileStreamFactory(name_, tell());  // DCMTK deletes it with the element it serves
  }
  OFCondition installCompressionFilter(E_StreamCompression) override { return EC_UnsupportedEncoding; }
  Breach breach() const { return producer_.breach(); }

 private:
  OFFilename name_;
  BoundedProducer producer_;
};

std::uint16_t littleEndianWord(const unsigned char* bytes) {
  return static_cast<std::uint16_t>(bytes[0] | bytes[1] << 8);
}
std::uint16_t bigEndianWord(const unsigned char* bytes) {
  return static_cast<std::uint16_t>(bytes[1] | bytes[0] << 8);
}

/// Whether an object without preamble may begin so: with the meta header, or with one of the identifying
/// attributes of group 0008.
bool mayBeginObject(std::uint16_t group, std::uint16_t element) {
  return (group == 0x0002 && element <= 0x0003) || (group == 0x0008 && element <= 0x0018);
}

/// DCMTK reads anything, a text file too; so what does not begin as DICOM does is told beforehand.
void requireDicom(std::istream& stream, const std::string& file) {
  std::array<unsigned char, 132> start{};
  stream.read(reinterpret_cast<char*>(start.data()), start.size());
  const auto size = stream.gcount();
  const bool magic = size == 132 && std::memcmp(&start[128], "DICM", 4) == 0;
  const bool bare = size >= 12 && (mayBeginObject(littleEndianWord(&start[0]), littleEndianWord(&start[2])) ||
                                   mayBeginObject(bigEndianWord(&start[0]), bigEndianWord(&start[2])));
  if (!magic && !bare) throw InputError("not-dicom", "is not a DICOM file: it does not begin as one", file);
}

void requireReadable(const std::filesystem::path& path, const ReadLimits& limits) {
  const std::string file = path.string();
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(path, fault);
  if (fault) throw InputError("unreadable-file", "cannot be read: " + fault.message(), file);
  if (size > limits.fileBytes)
    throw InputError("over-limit",
                     fmt::format("has {} bytes, more than the {} that are allowed", size, limits.fileBytes),
                     file);
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw InputError("unreadable-file", "cannot be opened", file);
  requireDicom(stream, file);
}

bool endedEarly(const OFCondition& condition) {
  return condition == EC_EndOfStream || condition == EC_StreamNotifyClient || condition == EC_InvalidStream ||
         condition == EC_SequDelimitationItemMissing;
}

/// The last element that was read, or was being read, when the parser gave up.
std::string lastTag(DcmDataset& dataset) {
  const unsigned long count = dataset.card();
  return count == 0 ? std::string() : tagText(tagOf(dataset.getElement(count - 1)->getTag()));
}

[[noreturn]] void refuse(const OFCondition& condition, Breach breach, DcmDataset& dataset,
                         const std::string& file) {
  const std::string tag = lastTag(dataset);
  if (breach == Breach::kHeaderBytes)
    throw InputError("over-limit", "has a header that is larger than allowed", file, tag);
  if (breach == Breach::kDepth)
    throw InputError("over-limit", "has sequences that are nested too deeply", file, tag);
  if (condition == EC_UnsupportedEncoding)
    throw InputError("unsupported-transfer-syntax", "is deflated, which is not read; inflate it first", file,
                     "(0002,0010)");
  if (endedEarly(condition))
    throw InputError("truncated",
                     fmt::format("ends before its data set does, or declares more bytes than it has ({})",
                                 condition.text()),
                     file, tag);
  throw InputError("malformed", fmt::format("cannot be parsed as DICOM ({})", condition.text()), file, tag);
}

unsigned depthOf(DcmItem& item);

unsigned depthOf(DcmSequenceOfItems& sequence) {
  unsigned deepest = 0;
  for (DcmObject* item = sequence.nextInContainer(nullptr); item; item = sequence.nextInContainer(item))
    if (auto* inside = dynamic_cast<DcmItem*>(item)) deepest = std::max(deepest, depthOf(*inside));
  return deepest + 1;
}

unsigned depthOf(DcmItem& item) {
  unsigned deepest = 0;
  for (DcmObject* element = item.nextInContainer(nullptr); element; element = item.nextInContainer(element))
    if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(element))
      deepest = std::max(deepest, depthOf(*sequence));
  return deepest;
}

void requireSound(DcmFileFormat& file, const ReadLimits& limits, const std::string& name) {
  DcmDataset& dataset = *file.getDataset();
  if (dataset.card() == 0)
    throw InputError("truncated", "holds no data set: it ends within or after its meta header", name,
                     lastTag(dataset));
  const unsigned depth = depthOf(dataset);
  if (depth > limits.sequenceDepth)
    throw InputError("over-limit",
                     fmt::format("nests sequences {} deep, more than the {} that are allowed", depth,
                                 limits.sequenceDepth),
                     name);
}

}  // namespace

Object Object::read(const std::filesystem::path& path, const ReadLimits& limits) {
  ensureToolkit();
  requireReadable(path, limits);
  auto file = std::make_unique<DcmFileFormat>();
  BoundedStream stream(path, limits.headerBytes);
  file->transferInit();
  const OFCondition condition =
      file->read(stream, EXS_Unknown, EGL_noChange, static_cast<Uint32>(limits.valueBytes));
  file->transferEnd();
  if (condition.bad() || stream.breach() != Breach::kNone)
    refuse(condition, stream.breach(), *file->getDataset(), path.string());
  requireSound(*file, limits, path.string());
  nameUnknownTexts(*file->getDataset());
  return Object(std::move(file), limits);
}

}  // namespace remnant::dicom
