#include "remnant/base/progress.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace remnant {

Progress::Progress(std::string title, std::string unit, std::size_t total, std::size_t alreadyDone)
    : title_(std::move(title)),
      unit_(std::move(unit)),
      total_(total),
      alreadyDone_(alreadyDone),
      done_(alreadyDone),
      terminal_(::isatty(STDERR_FILENO) != 0),
      started_(Clock::now()),
      lastShown_(started_) {}

Progress::~Progress() {
  if (terminal_ && shown_) std::fputc('\n', stderr);
}

void Progress::advance(std::size_t steps, const std::string& note) {
  const std::lock_guard lock(mutex_);
  done_ += steps;
  const auto now = Clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(10000);
  if (done_ >= total_ || now - lastShown_ >= pause) show(now, note);
}

void Progress::show(Clock::time_point now, const std::string& note) {
  lastShown_ = now;
  shown_ = true;
  const double elapsed = std::chrono::duration<double>(now - started_).count();
  const std::size_t doneNow = done_ - alreadyDone_;
  std::string line = title_ + ": " + std::to_string(done_) + " of " + std::to_string(total_) + " " + unit_;
  if (done_ >= total_)
    line += ", done in " + durationText(elapsed);
  else if (doneNow > 0)
    line += ", " +
            durationText(elapsed * static_cast<double>(total_ - done_) / static_cast<double>(doneNow)) +
            " left";
  if (!note.empty()) line += " (" + note + ")";
  std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
}

std::string durationText(double seconds) {
  const long whole = std::lround(seconds);
  char text[64];
  if (whole < 60)
    std::snprintf(text, sizeof text, "%ld s", whole);
  else if (whole < 3600)
    std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
  return text;
}

void say(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
}

}  // namespace remnant
