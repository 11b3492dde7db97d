#include "remnant/image/png.h"

#include <png.h>

#include <cstring>
#include <memory>

#include "remnant/base/atomic_file.h"

namespace remnant::image {
namespace {

constexpr png_uint_32 kLargestSide = 16384;

[[noreturn]] void onPngError(png_structp, png_const_charp message) {
  throw InputError("bad-png", std::string("not a readable PNG: ") + message);
}

void onPngWarning(png_structp, png_const_charp) {}

void appendBytes(png_structp png, png_bytep data, png_size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), size);
}

struct ReadPosition {
  const std::string& bytes;
  std::size_t position = 0;
};

void takeBytes(png_structp png, png_bytep data, png_size_t size) {
  auto& source = *static_cast<ReadPosition*>(png_get_io_ptr(png));
  if (source.bytes.size() - source.position < size)
    throw InputError("bad-png", "the PNG ends before its pixels do");
  std::memcpy(data, source.bytes.data() + source.position, size);
  source.position += size;
}

struct PngWriter {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, onPngError, onPngWarning);
  png_infop info = png_create_info_struct(png);
  PngWriter() = default;
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;
  ~PngWriter() { png_destroy_write_struct(&png, &info); }
};

struct PngReader {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, onPngError, onPngWarning);
  png_infop info = png_create_info_struct(png);
  PngReader() = default;
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

/// rowBytes(row) fills one row as PNG wants it (16-bit samples in big endian).
template <class FillRow>
std::string encodeGrey(std::size_t rows, std::size_t columns, int bitDepth, const FillRow& fillRow) {
  std::string bytes;
  PngWriter writer;
  png_set_write_fn(writer.png, &bytes, appendBytes, nullptr);
  png_set_compression_level(writer.png, 6);
  png_set_filter(writer.png, 0, PNG_FILTER_NONE);
  png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(columns), static_cast<png_uint_32>(rows),
               bitDepth, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writer.png, writer.info);
  std::vector<std::uint8_t> row(columns * static_cast<std::size_t>(bitDepth) / 8);
  for (std::size_t index = 0; index < rows; ++index) {
    fillRow(index, row);
    png_write_row(writer.png, row.data());
  }
  png_write_end(writer.png, nullptr);
  return bytes;
}

void fillCountsRow(const Counts& counts, std::size_t row, std::vector<std::uint8_t>& bytes) {
  for (std::size_t column = 0; column < counts.columns(); ++column) {
    const std::int32_t value = counts.at(row, column);
    if (value < 0 || value > 65535)
      throw InputError("counts-out-of-range",
                       "a pixel of " + std::to_string(value) + " does not fit 16 bits");
    bytes[2 * column] = static_cast<std::uint8_t>(value >> 8);
    bytes[2 * column + 1] = static_cast<std::uint8_t>(value);
  }
}

Counts decodeGrey(const std::string& bytes) {
  ReadPosition source{bytes};
  PngReader reader;
  png_set_read_fn(reader.png, &source, takeBytes);
  png_set_user_limits(reader.png, kLargestSide, kLargestSide);
  png_read_info(reader.png, reader.info);
  const int bitDepth = png_get_bit_depth(reader.png, reader.info);
  if (png_get_color_type(reader.png, reader.info) != PNG_COLOR_TYPE_GRAY || bitDepth < 8 ||
      png_get_interlace_type(reader.png, reader.info) != PNG_INTERLACE_NONE)
    throw InputError("bad-png", "only plain greyscale PNG of 8 or 16 bits holds counts");
  Counts counts(png_get_image_height(reader.png, reader.info), png_get_image_width(reader.png, reader.info));
  std::vector<std::uint8_t> row(png_get_rowbytes(reader.png, reader.info));
  for (std::size_t y = 0; y < counts.rows(); ++y) {
    png_read_row(reader.png, row.data(), nullptr);
    for (std::size_t x = 0; x < counts.columns(); ++x)
      counts.at(y, x) = bitDepth == 16 ? row[2 * x] << 8 | row[2 * x + 1] : row[x];
  }
  return counts;
}

}  // namespace

std::string encodePng(const Counts& counts) {
  return encodeGrey(
      counts.rows(), counts.columns(), 16,
      [&](std::size_t row, std::vector<std::uint8_t>& bytes) { fillCountsRow(counts, row, bytes); });
}

std::string encodePng(const Grid<std::uint8_t>& grey) {
  return encodeGrey(grey.rows(), grey.columns(), 8, [&](std::size_t row, std::vector<std::uint8_t>& bytes) {
    std::memcpy(bytes.data(), &grey.at(row, 0), grey.columns());
  });
}

void writePng(const std::filesystem::path& path, const Counts& counts) {
  try {
    writeWholeFile(path, encodePng(counts));
  } catch (const InputError& error) {
    throw error.inFile(path.string());
  }
}

Counts readPng(const std::filesystem::path& path) {
  try {
    return decodeGrey(readWholeFile(path));
  } catch (const InputError& error) {
    throw error.inFile(path.string());
  }
}

}  // namespace remnant::image
