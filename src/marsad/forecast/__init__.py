"""Forecasts of deaths in organised violence: panels, models, scores and the scorecard."""
