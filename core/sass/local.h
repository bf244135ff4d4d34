#pragma once

namespace meridian::sass {

/// Sets a variable while it lives, which then has its former value again.
template <class T>
class Local {
 public:
  Local(T& variable, T value) : variable_(variable), before_(variable) { variable = value; }
  ~Local() { variable_ = before_; }
  Local(const Local&) = delete;
  Local& operator=(const Local&) = delete;

 private:
  T& variable_;
  T before_;
};

}  // namespace meridian::sass
