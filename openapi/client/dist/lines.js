/** The lines of a stream, as they come; the last one needs no line break. Closing the loop cancels the stream. */
export async function* linesOf(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    try {
        for (;;) {
            const { done, value = '' } = await reader.read();
            const lines = (rest + value).split('\n');
            rest = done ? '' : (lines.pop() ?? '');
            for (const line of lines)
                if (line.trim() !== '')
                    yield line;
            if (done)
                return;
        }
    }
    finally {
        await reader.cancel();
    }
}
