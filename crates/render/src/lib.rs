//! A reading as people and programs meet it: terminal text, HTML with SVG, JSON; Korean and English.
//!
//! It never computes: whatever it shows stands in the [`sinario_reading::Reading`].
