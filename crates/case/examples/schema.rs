//! Prints the JSON Schema of format 1; `crates/case/case.schema.json` is what this prints.

fn main() {
    println!("{:#}", sinario_case::schema());
}
