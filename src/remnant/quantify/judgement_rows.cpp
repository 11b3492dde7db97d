#include "remnant/quantify/judgement_rows.h"

#include <charconv>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "remnant/base/error.h"

namespace remnant::quantify {
namespace {

/// CsvTable::number refuses the infinity that an interval may reach to.
double needed(const CsvTable& rows, std::size_t row, const char* column) {
  const std::string& cell = rows.text(row, column);
  double value = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (fault != std::errc() || end != cell.data() + cell.size())
    throw InputError("bad-row", fmt::format("line {}: {} is no number", rows.line(row), column), rows.name(),
                     column);
  return value;
}

Quantity quantityOf(const CsvTable& rows, std::size_t row) {
  for (const Quantity quantity : {Quantity::kDepthMm, Quantity::kUptakePercent})
    if (rows.text(row, "quantity") == quantityName(quantity)) return quantity;
  throw InputError("bad-row", fmt::format("line {}: names no quantity", rows.line(row)), rows.name());
}

Estimate estimateOf(const CsvTable& rows, std::size_t row) {
  Estimate estimate;
  estimate.value = needed(rows, row, "estimate");
  estimate.statistical = needed(rows, row, "statistical");
  estimate.systematic = needed(rows, row, "systematic");
  estimate.lower = needed(rows, row, "lower");
  estimate.upper = needed(rows, row, "upper");
  return estimate;
}

}  // namespace

CsvTable rowsOf(const std::vector<Judged>& all) {
  CsvTable rows({"studyInstanceUid", "focus", "medium", "method", "quantity", "truth", "estimate",
                 "statistical", "systematic", "lower", "upper", "bound", "anteriorCounts", "isolated",
                 "refusal"});
  for (const Judged& judged : all) {
    const auto part = [&](double Estimate::*member) {
      return judged.estimate ? numberText((*judged.estimate).*member) : "";
    };
    rows.append({judged.studyInstanceUid, std::to_string(judged.focus), judged.medium, judged.method,
                 std::string(quantityName(judged.quantity)), numberText(judged.truth), part(&Estimate::value),
                 part(&Estimate::statistical), part(&Estimate::systematic), part(&Estimate::lower),
                 part(&Estimate::upper), numberText(judged.bound), numberText(judged.anteriorCounts),
                 judged.isolated ? "1" : "0", judged.refusal});
  }
  return rows;
}

std::vector<Judged> judgedOf(const CsvTable& rows) {
  std::vector<Judged> all;
  for (std::size_t row = 0; row < rows.rowCount(); ++row) {
    Judged judged;
    judged.studyInstanceUid = rows.text(row, "studyInstanceUid");
    judged.focus = static_cast<int>(needed(rows, row, "focus"));
    judged.medium = rows.text(row, "medium");
    judged.method = rows.text(row, "method");
    judged.quantity = quantityOf(rows, row);
    judged.truth = needed(rows, row, "truth");
    if (!rows.text(row, "bound").empty()) judged.bound = needed(rows, row, "bound");
    judged.anteriorCounts = needed(rows, row, "anteriorCounts");
    judged.isolated = rows.text(row, "isolated") == "1";
    judged.refusal = rows.text(row, "refusal");
    if (!rows.text(row, "estimate").empty()) judged.estimate = estimateOf(rows, row);
    all.push_back(std::move(judged));
  }
  return all;
}

}  // namespace remnant::quantify
