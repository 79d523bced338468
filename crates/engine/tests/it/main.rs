//! Behaviour of the engine, each clever path beside a plain one.

mod belief;
mod cases;
mod consistent;
mod succession;
