// English names of days and months, for reading and writing dates.
#pragma once
#include "meridian/text.h"

namespace meridian {

constexpr Name kMonthNames = "January February March April May June July August September October November December";

}  // namespace meridian
