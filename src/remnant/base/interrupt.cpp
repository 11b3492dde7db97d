#include "remnant/base/interrupt.h"

#include <atomic>
#include <csignal>

#include "remnant/base/error.h"

namespace remnant {
namespace {

std::atomic<bool> requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch lock-free atomics only");

void onSignal(int signal) {
  requested = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void watchForInterrupt() {
  std::signal(SIGINT, onSignal);
  std::signal(SIGTERM, onSignal);
}

bool interruptRequested() {
  return requested;
}

void stopIfInterrupted() {
  if (requested) throw Interrupted();
}

}  // namespace remnant
