// The fast model beside the Monte Carlo, as comma-separated values: photons in each window from points at
// several depths of two necks. Speed goes to stderr.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <iostream>

#include "remnant/montecarlo/comparison.h"

namespace {

using namespace remnant;

struct Windows {
  const char* nuclide;
  std::vector<physics::Window> windows;
};

const std::vector<Windows> kWindows{
    {"Tc-99m", {{126.45, 154.55}, {92, 125}, {114, 126}}},
    {"I-131", {{328.05, 400.95}, {308.46, 327.54}, {260, 320}}},
};

}  // namespace

int main() {
  std::vector<montecarlo::ComparisonRow> rows;
  montecarlo::ComparisonConfig config;
  const auto start = std::chrono::steady_clock::now();
  for (const montecarlo::NeckKind neck :
       {montecarlo::NeckKind::kUniform, montecarlo::NeckKind::kTracheaAndSpine})
    for (const Windows& row : kWindows)
      for (const auto& found :
           compareWithMonteCarlo(neck, physics::nuclideNamed(row.nuclide), row.windows, config))
        rows.push_back(found);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  writeCsv(rows, std::cout);
  const double histories = 4.0 * static_cast<double>(config.depthsMm.size() * config.histories);
  fmt::print(stderr, "{:.0f} histories a second, two heads and three windows, fast model included\n",
             histories / spent.count());
}
