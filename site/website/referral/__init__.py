"""The confidential referral: its form, its answers and the page "May I tell this?"; nothing here knows who is signed in."""
