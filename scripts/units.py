"""Write `src/marsad/reading/data/cldr.json`: the English names of units and currencies, from CLDR.

Run it where Babel is installed, with a newer Babel when there is one: `python scripts/units.py`.
CLDR has the names, the abbreviations and the dimension of a unit, but not its UCUM code: that is
the table below. A unit that is not in it is left out: either nobody counts in it, or its name is a
common noun first ("cup", "bar", "stone", "point"). JSON, since it loads in a hundredth of the time
that Babel takes to start, and in a tenth of that of TOML.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import babel
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

TARGET = Path(__file__).parents[1] / "src" / "marsad" / "reading" / "data" / "cldr.json"

UCUM = {
    "acceleration-g-force": "[g]", "acceleration-meter-per-square-second": "m/s2",
    "angle-degree": "deg", "angle-arc-minute": "'", "angle-arc-second": "''", "angle-radian": "rad",
    "area-square-kilometer": "km2", "area-hectare": "har", "area-square-meter": "m2",
    "area-square-centimeter": "cm2", "area-square-mile": "[mi_i]2", "area-acre": "[acr_us]",
    "area-square-yard": "[syd_i]", "area-square-foot": "[sft_i]", "area-square-inch": "[sin_i]",
    "area-dunam": "10*3.m2",
    "concentr-karat": "[car_Au]", "concentr-permillion": "[ppm]", "concentr-percent": "%",
    "concentr-permille": "[ppth]", "concentr-portion-per-1e9": "[ppb]",
    "concentr-milligram-ofglucose-per-deciliter": "mg/dL", "concentr-millimole-per-liter": "mmol/L",
    "consumption-liter-per-kilometer": "L/km", "consumption-liter-per-100-kilometer": "L/(100.km)",
    "consumption-mile-per-gallon": "[mi_i]/[gal_us]",
    "consumption-mile-per-gallon-imperial": "[mi_i]/[gal_br]",
    "digital-petabyte": "PBy", "digital-terabyte": "TBy", "digital-terabit": "Tbit",
    "digital-gigabyte": "GBy", "digital-gigabit": "Gbit", "digital-megabyte": "MBy",
    "digital-megabit": "Mbit", "digital-kilobyte": "kBy", "digital-kilobit": "kbit",
    "digital-byte": "By", "digital-bit": "bit",
    "electric-ampere": "A", "electric-milliampere": "mA", "electric-ohm": "Ohm", "electric-volt": "V",
    "energy-kilocalorie": "kcal", "energy-calorie": "cal", "energy-kilojoule": "kJ", "energy-joule": "J",
    "energy-kilowatt-hour": "kW.h", "energy-electronvolt": "eV", "energy-british-thermal-unit": "[Btu]",
    "force-pound-force": "[lbf_av]", "force-newton": "N",
    "frequency-gigahertz": "GHz", "frequency-megahertz": "MHz", "frequency-kilohertz": "kHz",
    "frequency-hertz": "Hz",
    "length-kilometer": "km", "length-meter": "m", "length-decimeter": "dm", "length-centimeter": "cm",
    "length-millimeter": "mm", "length-micrometer": "um", "length-nanometer": "nm",
    "length-picometer": "pm", "length-mile": "[mi_i]", "length-yard": "[yd_i]", "length-foot": "[ft_i]",
    "length-inch": "[in_i]", "length-light-year": "[ly]", "length-astronomical-unit": "AU",
    "length-furlong": "[fur_us]", "length-fathom": "[fth_i]", "length-nautical-mile": "[nmi_i]",
    "light-lux": "lx", "light-candela": "cd", "light-lumen": "lm",
    "mass-tonne": "t", "mass-kilogram": "kg", "mass-gram": "g", "mass-milligram": "mg",
    "mass-microgram": "ug", "mass-pound": "[lb_av]", "mass-ounce": "[oz_av]",
    "mass-ounce-troy": "[oz_tr]", "mass-carat": "[car_m]",
    "power-gigawatt": "GW", "power-megawatt": "MW", "power-kilowatt": "kW", "power-watt": "W",
    "power-milliwatt": "mW", "power-horsepower": "[HP]",
    "pressure-millimeter-ofhg": "mm[Hg]", "pressure-pound-force-per-square-inch": "[psi]",
    "pressure-inch-ofhg": "[in_i'Hg]", "pressure-millibar": "mbar", "pressure-pascal": "Pa",
    "pressure-hectopascal": "hPa", "pressure-kilopascal": "kPa", "pressure-megapascal": "MPa",
    "speed-kilometer-per-hour": "km/h", "speed-meter-per-second": "m/s", "speed-mile-per-hour": "[mi_i]/h",
    "speed-knot": "[kn_i]",
    "temperature-celsius": "Cel", "temperature-fahrenheit": "[degF]", "temperature-kelvin": "K",
    "torque-newton-meter": "N.m", "torque-pound-force-foot": "[ft_i].[lbf_av]",
    "volume-cubic-kilometer": "km3", "volume-cubic-meter": "m3", "volume-cubic-centimeter": "cm3",
    "volume-cubic-mile": "[mi_i]3", "volume-cubic-yard": "[cyd_i]", "volume-cubic-foot": "[cft_i]",
    "volume-cubic-inch": "[cin_i]", "volume-megaliter": "ML", "volume-hectoliter": "hL",
    "volume-liter": "L", "volume-deciliter": "dL", "volume-centiliter": "cL", "volume-milliliter": "mL",
    "volume-acre-foot": "[acr_us].[ft_i]", "volume-bushel": "[bu_us]", "volume-gallon": "[gal_us]",
    "volume-gallon-imperial": "[gal_br]", "volume-quart": "[qt_us]", "volume-pint": "[pt_us]",
    "volume-fluid-ounce": "[foz_us]", "volume-tablespoon": "[tbs_us]", "volume-teaspoon": "[tsp_us]",
    "volume-barrel": "[bbl_us]",
}  # fmt: skip
DIMENSIONS = {"digital": "data", "concentr": "ratio"}  # CLDR's word, and ours
LOCALES = ("en_GB", "en")  # the first gives the name that is shown
# Abbreviations that are a word, a multiplier, an inch mark or another unit in news.
AMBIGUOUS = frozenset(
    {
        *("#", "A", "B", "CD", "G", "Gs", "J", "K", "N", "au", "ac", "bu", "byte", "cal", "cd", "ct", "deg"),
        *("fth", "fur", "gal Imp.", "in", "kn", "kt", "lm", "mb", "mpg Imp.", "m/gUK", "oz t", "pm", "pt"),
        *("qt", "rad", "°", "′", "″", "″ Hg"),
    }
)


def main() -> None:
    data = {
        "source": f"Unicode CLDR (Unicode-3.0) by Babel {babel.__version__}; UCUM codes by scripts/units.py",
        "units": {code: _unit(key, code) for key, code in UCUM.items()},
        "currencies": {code: _currency(code) for code in sorted(_today())},
    }
    TARGET.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _unit(key: str, code: str) -> dict[str, object]:
    """Long names, singular first, and abbreviations, as CLDR writes them around a number."""
    names, symbols = [], []
    for tag in LOCALES:
        patterns = Locale.parse(tag)._data["unit_patterns"][key]
        for form in ("one", "other"):
            names.append(patterns["long"][form])
            symbols += [patterns[size][form] for size in ("short", "narrow") if size in patterns]
    dimension = key.partition("-")[0]
    role = "share" if code == "%" else DIMENSIONS.get(dimension, dimension)
    signs = [symbol for symbol in _bare(symbols) if symbol not in AMBIGUOUS]
    return {"role": role, "names": _bare(names), "symbols": signs}


def _bare(patterns: list[str]) -> list[str]:
    found = (pattern.replace("{0}", "").strip() for pattern in patterns)
    return list(dict.fromkeys(name for name in found if name and "{" not in name))


def _today() -> set[str]:
    """The codes of what is legal tender somewhere today."""
    territories = get_global("territory_currencies").values()
    return {code for rows in territories for code, _, end, tender in rows if end is None and tender}


def _currency(code: str) -> dict[str, object]:
    """The singular, the plural, and the signs that mean this currency wherever English is written."""
    names = Locale("en")._data["currency_names_plural"][code]
    signs = sorted(sign for sign, codes in _signs().items() if codes == {code})
    return {"names": list(dict.fromkeys([names["one"], names["other"]])), "signs": signs}


@cache
def _signs() -> dict[str, set[str]]:
    """Every sign of a currency in an English locale, to its codes; "$" is of the US dollar."""
    found: dict[str, set[str]] = {"$": {"USD"}, "£": {"GBP"}, "¥": {"JPY"}}
    for tag in locale_identifiers():
        if not tag.startswith("en"):
            continue
        for code, sign in Locale.parse(tag).currency_symbols.items():
            plain = sign.isprintable() and sign != code and sign[-1] != "." and sign not in ("$", "£", "¥")
            if plain and (len(sign) > 2 or not sign.isalpha()):
                found.setdefault(sign, set()).add(code)
    return found


if __name__ == "__main__":
    main()
