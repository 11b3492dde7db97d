#pragma once

#include <filesystem>
#include <vector>

#include "remnant/benchmark/protocol.h"
#include "remnant/benchmark/run_folder.h"

/// The tables of a run, made from its cells.
namespace remnant::benchmark {

/// The figures of each image set and contestant, over the test sets of its fits: a test set a cell, its
/// studies those of the score rows, its threshold the cell's.
std::vector<FigureRow> figuresOf(const std::vector<ScoreRow>& scores, const std::vector<CellRow>& cells,
                                 const Protocol& protocol);

void writeScores(const std::vector<ScoreRow>& rows, const std::filesystem::path& file);
void writeCells(const std::vector<CellRow>& rows, const std::filesystem::path& file);
void writeFigures(const std::vector<FigureRow>& rows, const std::filesystem::path& file);

}  // namespace remnant::benchmark
