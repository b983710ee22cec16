namespace OsDeploy.Benchmarks.Streams;

/// <summary>What receivers on shaped links got.</summary>
/// <param name="Seconds">From the first datagram until all that could had everything.</param>
/// <param name="Bytes">Of frames, to each.</param>
/// <param name="LinkBytesPerSecond">What a link carries, headers included.</param>
/// <param name="Missing">Chunks that receivers without mishap left to HTTPS.</param>
/// <param name="CpuSeconds">Of sender and receivers together; 0: not measured.</param>
internal sealed record StreamFigures(double Seconds, long Bytes, double LinkBytesPerSecond, int Missing = 0, double CpuSeconds = 0);
