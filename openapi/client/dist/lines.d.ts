/** The lines of a stream, as they come; the last one needs no line break. Closing the loop cancels the stream. */
export declare function linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void>;
