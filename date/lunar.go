package date

import (
	"math"
	"time"
)

// The Vietnamese lunar calendar, from the sky as seen at the 105th meridian (UTC+7).
// A month begins on the day of the new moon; month 11 is the one with the winter
// solstice; where thirteen months lie between two such months, the first without a
// principal term of the sun is a leap month. The series are those of J. Meeus,
// "Astronomical Algorithms", chapters 25 and 49; they are good to seconds for the moon
// and to minutes for the sun between 1900 and 2200.

const (
	vietnamZone = 7.0 / 24       // of a day
	julianEpoch = 2451545.0      // 2000-01-01 12:00 TT
	newMoonZero = 2451550.09766  // mean new moon of 2000-01-06
	lunation    = 29.530588861   // mean length of a month in days
	solarYear   = 365.2422       // mean length of a year in days
	unixJulian  = 2440587.5      // 1970-01-01 00:00 UT
	century     = 36525.0        // Julian, in days
	kPerCentury = 1236.85        // lunations in a Julian century
	solstice    = 270 / 30       // principal term that month 11 holds
	deltaT2000  = 63.8 / 86400   // TT-UT in days in 2000 …
	deltaTSlope = 0.35 / 86400.0 // … and its growth in a year, near enough for a day's bound
)

func sinDeg(x float64) float64 { return math.Sin(x * math.Pi / 180) }

// newMoon returns the Julian Ephemeris Day of new moon number k; k = 0 is that of
// 6 January 2000.
func newMoon(k float64) float64 {
	t := k / kPerCentury
	e := 1 - 0.002516*t - 0.0000074*t*t
	m := 2.5534 + 29.10535670*k - 0.0000014*t*t - 0.00000011*t*t*t
	mm := 201.5643 + 385.81693528*k + 0.0107582*t*t + 0.00001238*t*t*t
	f := 160.7108 + 390.67050284*k - 0.0016118*t*t - 0.00000227*t*t*t
	node := 124.7746 - 1.56375588*k + 0.0020672*t*t + 0.00000215*t*t*t

	jde := newMoonZero + lunation*k + 0.00015437*t*t - 0.000000150*t*t*t
	jde += -0.40720*sinDeg(mm) + 0.17241*e*sinDeg(m) + 0.01608*sinDeg(2*mm) + 0.01039*sinDeg(2*f) +
		0.00739*e*sinDeg(mm-m) - 0.00514*e*sinDeg(mm+m) + 0.00208*e*e*sinDeg(2*m) -
		0.00111*sinDeg(mm-2*f) - 0.00057*sinDeg(mm+2*f) + 0.00056*e*sinDeg(2*mm+m) -
		0.00042*sinDeg(3*mm) + 0.00042*e*sinDeg(m+2*f) + 0.00038*e*sinDeg(m-2*f) -
		0.00024*e*sinDeg(2*mm-m) - 0.00017*sinDeg(node) - 0.00007*sinDeg(mm+2*m) +
		0.00004*sinDeg(2*mm-2*f) + 0.00004*sinDeg(3*m) + 0.00003*sinDeg(mm+m-2*f) +
		0.00003*sinDeg(2*mm+2*f) - 0.00003*sinDeg(mm+m+2*f) + 0.00003*sinDeg(mm-m+2*f) -
		0.00002*sinDeg(mm-m-2*f) - 0.00002*sinDeg(3*mm+m) + 0.00002*sinDeg(4*mm)
	// The pull of the planets.
	jde += 1e-6 * (325*sinDeg(299.77+0.107408*k-0.009173*t*t) + 165*sinDeg(251.88+0.016321*k) +
		164*sinDeg(251.83+26.651886*k) + 126*sinDeg(349.42+36.412478*k) + 110*sinDeg(84.66+18.206239*k) +
		62*sinDeg(141.74+53.303771*k) + 60*sinDeg(207.14+2.453732*k) + 56*sinDeg(154.84+7.306860*k) +
		47*sinDeg(34.52+27.261239*k) + 42*sinDeg(207.19+0.121824*k) + 40*sinDeg(291.34+1.844379*k) +
		37*sinDeg(161.72+24.198154*k) + 35*sinDeg(239.56+25.513099*k) + 23*sinDeg(331.55+3.592518*k))
	return jde
}

// sunLongitude returns the apparent longitude of the sun in degrees, 0 to 360.
func sunLongitude(jde float64) float64 {
	t := (jde - julianEpoch) / century
	m := 357.52911 + 35999.05029*t - 0.0001537*t*t
	centre := (1.914602-0.004817*t-0.000014*t*t)*sinDeg(m) + (0.019993-0.000101*t)*sinDeg(2*m) + 0.000289*sinDeg(3*m)
	l := 280.46646 + 36000.76983*t + 0.0003032*t*t + centre
	l += -0.00569 - 0.00478*sinDeg(125.04-1934.136*t) // aberration and nutation
	return math.Mod(math.Mod(l, 360)+360, 360)
}

// deltaT returns terrestrial time less universal time in days.
func deltaT(jd float64) float64 { return deltaT2000 + deltaTSlope*(jd-julianEpoch)/solarYear }

// unixDay is the day from which Julian days are turned into ours.
func unixDay() Date { return fromTime(time.Unix(0, 0).UTC()) }

// vietnamDay returns the day in Vietnam on which a moment falls.
func vietnamDay(jde float64) Date {
	return unixDay().AddDays(int(math.Floor(jde - deltaT(jde) + vietnamZone - unixJulian)))
}

// midnight returns the moment at which d begins in Vietnam, as a Julian Ephemeris Day.
func midnight(d Date) float64 {
	jd := float64(d.Sub(unixDay())) + unixJulian - vietnamZone
	return jd + deltaT(jd)
}

// term returns the twelfth of the zodiac, 0 to 11, in which the sun stands as d begins.
func term(d Date) int { return int(sunLongitude(midnight(d)) / 30) }

// monthStart returns the first day of the lunar month that new moon k opens.
func monthStart(k int) Date { return vietnamDay(newMoon(float64(k))) }

// eleventh returns the number of the new moon that opens the month of the winter
// solstice of a year.
func eleventh(year int) int {
	day := fromTime(time.Date(year, time.December, 18, 0, 0, 0, 0, time.UTC))
	for term(day.AddDays(1)) < solstice {
		day = day.AddDays(1)
	}
	k := int((midnight(day)-newMoonZero)/lunation) + 1
	for monthStart(k).After(day) {
		k--
	}
	return k
}

// leapAfter returns the number of the new moon that opens the leap month between the
// eleventh months base and next, and next itself where there is none.
func leapAfter(base, next int) int {
	if next-base == 12 {
		return next
	}
	k := base + 1
	for term(monthStart(k)) != term(monthStart(k+1)) {
		k++
	}
	return k
}

// lunarDate returns the Gregorian day of a day of a regular (not leap) lunar month:
// 1/1 of 2025 is 29/01/2025. The day must be one that the month has.
func lunarDate(year, month, day int) Date {
	base, offset := year-1, month+1 // month 1 is the second after the eleventh
	if month > 10 {
		base, offset = year, month-11
	}
	k := eleventh(base) + offset
	if k >= leapAfter(eleventh(base), eleventh(base+1)) {
		k++
	}
	return monthStart(k).AddDays(day - 1)
}
