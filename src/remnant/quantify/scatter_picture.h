#pragma once

#include "remnant/image/grid.h"

/// Scatter and septal penetration under the photopeak, pixel by pixel, from windows beside it.
namespace remnant::quantify {

/// One of the windows beside the peak. Keeps a reference to the counts.
struct SideWindow {
  const image::Counts& counts;
  double widthKeV = 0;
};

/// (Wpk / 2) (CL / WL + CU / WU), smoothed so many times by 1-2-1 along both axes, which leaves its sum:
/// few counts a pixel would else make it as noisy as the picture that it is for.
/// upper: nullptr where there is none. Throws InputError "views-differ" where the pictures differ in size.
/// Source: Ogawa 1991, IEEE Trans. Med. Imaging 10:408.
image::Image scatterPicture(const SideWindow& lower, const SideWindow* upper, double photopeakKeV,
                            int smoothings = 4);

}  // namespace remnant::quantify
