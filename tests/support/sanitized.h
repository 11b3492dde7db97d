#pragma once

/// Whether this build has the address sanitizer. A slow test may do fewer realisations there, never in the
/// release build.
namespace remnant::testing {

// g++ first: Eigen gives it a __has_feature that knows nothing.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
inline constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace remnant::testing
