//! Compiles the crate again when a file that is built into it comes or goes:
//! `rust-embed` notices changed files, not new ones.

fn main() {
    println!("cargo::rerun-if-changed=web/dist");
    println!("cargo::rerun-if-changed=geodata/relief");
    // Not the whole folder: `geodata/derive` keeps downloads. A new layer comes
    // with a change of atlas.toml.
    let files = std::fs::read_dir("geodata").into_iter().flatten().flatten();
    for file in files.map(|entry| entry.path()).filter(|path| path.is_file()) {
        println!("cargo::rerun-if-changed={}", file.display());
    }
}
