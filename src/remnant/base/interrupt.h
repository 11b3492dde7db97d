#pragma once

/// Stopping a long job politely: the first SIGINT or SIGTERM sets a flag that the job looks at between its
/// steps.
namespace remnant {

/// Installs the handlers; a second signal ends the process at once.
void watchForInterrupt();
bool interruptRequested();
/// Throws Interrupted where a stop was asked for.
void stopIfInterrupted();

}  // namespace remnant
