#include "remnant/benchmark/report.h"

#include "remnant/benchmark/report_sections.h"
#include "remnant/chart/markup.h"

namespace remnant::benchmark {
namespace {

using chart::markup::element;
using chart::markup::emptyElement;
using chart::markup::textElement;

std::string titleOf(const Run& run) {
  return "Residual thyroid tissue: benchmark on " + run.dataset.name;
}

std::string head(const Run& run) {
  // The policy makes sure that nothing is ever fetched, whatever a table may hold.
  const std::string policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return element(
      "head", {},
      "\n" + emptyElement("meta", {{"charset", "utf-8"}}) + "\n" +
          emptyElement("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}}) + "\n" +
          emptyElement("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) +
          "\n" + textElement("title", {}, titleOf(run)) + "\n" + element("style", {}, pageStyle()) + "\n");
}

std::string banner(const Run& run) {
  return textElement("p", {{"class", "banner"}},
                     std::string(run.dataset.simulated ? "Simulated patients, not real ones. " : "") +
                         "For research, not for clinical use.");
}

std::string header(const Run& run) {
  return element(
      "header", {},
      textElement("p", {{"class", "kicker"}}, "remnant " + run.environment.remnant + " · benchmark report") +
          "\n" + textElement("h1", {}, titleOf(run)) + "\n" + banner(run));
}

}  // namespace

const image::DisplayConfig& displayOf(const ReportConfig& config, const std::string& imageSet) {
  return imageSet == "neck-region" ? config.neckDisplay : config.bodyDisplay;
}

std::string reportHtml(const Run& run, const PictureSource& pictures, const ReportConfig& config) {
  const std::string body = header(run) + "\n" +
                           element("main", {},
                                   "\n" + resultSection(run) + figuresSection(run) + curvesSection(run) +
                                       confusionSection(run) + gallerySection(run, pictures, config) +
                                       methodSection(run) + limitsSection(run) + repeatSection(run));
  return "<!DOCTYPE html>\n" +
         element("html", {{"lang", "en"}},
                 "\n" + head(run) + "\n" + element("body", {}, "\n" + body + "\n")) +
         "\n";
}

}  // namespace remnant::benchmark
