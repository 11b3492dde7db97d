#include "remnant/quantify/scatter_picture.h"

namespace remnant::quantify {
namespace {

void addScaled(const SideWindow& window, double photopeakKeV, image::Image& picture) {
  if (window.counts.rows() != picture.rows() || window.counts.columns() != picture.columns())
    throw InputError("views-differ", "the pictures of two energy windows differ in size");
  const auto factor = static_cast<float>(photopeakKeV / 2 / window.widthKeV);
  for (std::size_t i = 0; i < picture.pixels().size(); ++i)
    picture.pixels()[i] += factor * static_cast<float>(window.counts.pixels()[i]);
}

/// 1-2-1 along one axis; the border keeps what would leave.
void smooth(image::Image& picture, bool alongRows) {
  const image::Image before = picture;
  for (std::size_t row = 0; row < picture.rows(); ++row)
    for (std::size_t column = 0; column < picture.columns(); ++column) {
      const std::size_t place = alongRows ? column : row,
                        last = (alongRows ? picture.columns() : picture.rows()) - 1;
      const auto at = [&](std::size_t other) {
        return alongRows ? before.at(row, other) : before.at(other, column);
      };
      picture.at(row, column) =
          (at(place == 0 ? 0 : place - 1) + 2 * at(place) + at(place == last ? last : place + 1)) / 4;
    }
}

}  // namespace

image::Image scatterPicture(const SideWindow& lower, const SideWindow* upper, double photopeakKeV,
                            int smoothings) {
  image::Image picture(lower.counts.rows(), lower.counts.columns());
  addScaled(lower, photopeakKeV, picture);
  if (upper) addScaled(*upper, photopeakKeV, picture);
  for (int time = 0; time < smoothings && !picture.pixels().empty(); ++time) {
    smooth(picture, true);
    smooth(picture, false);
  }
  return picture;
}

}  // namespace remnant::quantify
