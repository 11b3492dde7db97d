#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace remnant {

/// Progress of a long job on stderr, with the time left: a line redrawn in place on a terminal, and elsewhere
/// a line every ten seconds. Safe to advance from several threads. Steps done before (a resumed job) do not
/// count in the estimate of the time left.
class Progress {
 public:
  /// title   what is being done ("ingest")
  /// unit    what is counted, in the plural ("objects")
  Progress(std::string title, std::string unit, std::size_t total, std::size_t alreadyDone = 0);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Ends the line.
  ~Progress();

  void advance(std::size_t steps = 1, const std::string& note = {});

 private:
  using Clock = std::chrono::steady_clock;
  void show(Clock::time_point now, const std::string& note);

  std::mutex mutex_;
  std::string title_;
  std::string unit_;
  std::size_t total_;
  std::size_t alreadyDone_;
  std::size_t done_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point started_;
  Clock::time_point lastShown_;
};

/// "3 min 20 s", "45 s", "2 h 05 min".
std::string durationText(double seconds);

/// One line of talk to the user on stderr.
void say(const std::string& sentence);

}  // namespace remnant
