// The proleptic Gregorian calendar, by days counted in years that begin on March 1st.
#include "meridian/text.h"

namespace meridian {

namespace {
constexpr std::int64_t kDayLength = 86400;
/// Days from 0000-03-01 to 1970-01-01.
constexpr std::int64_t kEpoch = 719468;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

MERIDIAN_NOINLINE std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  month += year * 12 - 3;
  year = floor_divide(month, 12);
  month -= year * 12;  // 0 is March
  return year * 365 + floor_divide(year, 4) - floor_divide(year, 100) + floor_divide(year, 400) +
         (153 * month + 2) / 5 + day - 1 - kEpoch;
}
}  // namespace

Civil civil(const Time& t) {
  std::int64_t local = t.seconds + t.offset_minutes * 60 + t.offset_seconds;
  std::int64_t days = floor_divide(local, kDayLength), second = local - days * kDayLength;
  std::int64_t year =
      floor_divide((days + kEpoch) * 400 + 600, 146097);  // or one more than the year is
  if (days_of(year, 3, 1) > days) year--;
  auto day_of_year = std::int32_t(days - days_of(year, 3, 1));
  int month = (5 * day_of_year + 2) / 153;  // from March
  Civil c;
  c.day = day_of_year - (153 * month + 2) / 5 + 1;
  if (month >= 10) year++;
  c.month = month < 10 ? month + 3 : month - 9;
  c.year = std::int32_t(year);
  c.hour = std::int32_t(second / 3600);
  c.minute = std::int32_t(second / 60 % 60);
  c.second = std::int32_t(second % 60);
  c.weekday = std::int32_t(days + 4 - 7 * floor_divide(days + 4, 7));
  c.yearday = std::int32_t(days - days_of(year, 1, 1) + 1);
  return c;
}

std::int64_t seconds_of(std::int64_t year, std::int32_t month, std::int32_t day, std::int32_t hour,
                        std::int32_t minute, std::int32_t second) {
  return days_of(year, month, day) * kDayLength + hour * std::int64_t(3600) +
         minute * std::int64_t(60) + second;
}

// ---- zones ----

Zone::Transition Zone::at(std::int64_t seconds) const {
  if (transitions.empty()) return {0, 0, "UTC"};
  std::uint32_t low = 1, high = transitions.size;
  while (low < high) {  // the last transition at or before `seconds`
    std::uint32_t middle = low + (high - low) / 2;
    if (transitions[middle].from <= seconds)
      low = middle + 1;
    else
      high = middle;
  }
  return transitions[low - 1];
}

void Zone::set_clock(Time& t) const {
  std::int32_t offset = at(t.seconds).offset;
  t.offset_minutes = std::int16_t(offset / 60);
  t.offset_seconds = std::int8_t(offset % 60);
}

std::int64_t Zone::from_local(std::int64_t civil_seconds) const {
  // The offsets around that time: no zone is further from UTC than a day.
  std::int64_t before = at(civil_seconds - kDayLength).offset,
               after = at(civil_seconds + kDayLength).offset;
  // An hour that occurs twice is the first one; in an hour that is skipped the clock has not yet
  // moved.
  std::int64_t early = civil_seconds - before;
  if (at(early).offset == before) return early;
  std::int64_t late = civil_seconds - after;
  return at(late).offset == after ? late : early;
}

}  // namespace meridian
