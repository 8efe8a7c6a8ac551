//! Compiles the crate again when a file that is built into it comes or goes:
//! `rust-embed` notices changed files, not new ones.

fn main() {
    println!("cargo::rerun-if-changed=web/dist");
    println!("cargo::rerun-if-changed=geodata");
}
