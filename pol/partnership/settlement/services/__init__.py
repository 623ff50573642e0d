"""Closing periods, paying bills, settling disputes, ending or renewing placements."""
