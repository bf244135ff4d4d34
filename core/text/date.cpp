// The proleptic Gregorian calendar, by days counted in eras of 400 years from March 1st.
#include "meridian/text.h"

namespace meridian {

namespace {
constexpr std::int64_t kDay = 86400, kDaysOfEra = 146097;
/// Day 0 of the eras is 0000-03-01.
constexpr std::int64_t kEpoch = 719468;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  year += floor_divide(month - 1, 12);
  month = month - 1 - 12 * floor_divide(month - 1, 12);  // 0 … 11
  if (month < 2) year--, month += 12;                    // the year begins in March
  std::int64_t era = floor_divide(year, 400), year_of_era = year - era * 400;
  return era * kDaysOfEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (153 * (month - 2) + 2) / 5 +
         day - 1 - kEpoch;
}
}  // namespace

Civil civil(const Time& t) {
  std::int64_t local = t.seconds + t.offset_minutes * 60;
  std::int64_t days = floor_divide(local, kDay), second = local - days * kDay;
  std::int64_t shifted = days + kEpoch, era = floor_divide(shifted, kDaysOfEra),
               day_of_era = shifted - era * kDaysOfEra;
  std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t month = (5 * day_of_year + 2) / 153;  // from March
  Civil c;
  std::int64_t year = year_of_era + era * 400 + (month >= 10);
  c.year = std::int32_t(year);
  c.month = std::int32_t(month < 10 ? month + 3 : month - 9);
  c.day = std::int32_t(day_of_year - (153 * month + 2) / 5 + 1);
  c.hour = std::int32_t(second / 3600);
  c.minute = std::int32_t(second / 60 % 60);
  c.second = std::int32_t(second % 60);
  c.weekday = std::int32_t(days + 4 - 7 * floor_divide(days + 4, 7));
  c.yearday = std::int32_t(days - days_of(year, 1, 1) + 1);
  return c;
}

std::int64_t seconds_of(std::int64_t year, std::int32_t month, std::int32_t day, std::int32_t hour, std::int32_t minute,
                        std::int32_t second) {
  return days_of(year, month, day) * kDay + hour * std::int64_t(3600) + minute * std::int64_t(60) + second;
}

// ---- zones ----------------------------------------------------------------------------------------

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

std::int64_t Zone::from_local(std::int64_t civil_seconds) const {
  // What the clock showed around that time: no zone is further from UTC than a day.
  std::int64_t before = at(civil_seconds - kDay).offset_minutes * 60,
               after = at(civil_seconds + kDay).offset_minutes * 60;
  // An hour that is shown twice is taken as the first, an hour that is skipped as if the clock had not yet moved.
  std::int64_t early = civil_seconds - before;
  if (at(early).offset_minutes * 60 == before) return early;
  std::int64_t late = civil_seconds - after;
  return at(late).offset_minutes * 60 == after ? late : early;
}

}  // namespace meridian
