// What importing costs before there is anything to import.
export {};
