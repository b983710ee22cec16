using OsDeploy.Imaging;
using Xunit;

namespace OsDeploy.Tests.Imaging;

public sealed class MemoryShareTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(2, 16_000, 4)]
    [InlineData(16, 16_000, 18)]
    [InlineData(16, 300, 8)]
    [InlineData(2, 300, 4)]
    [InlineData(4, 40, 1)]
    [InlineData(4, 0, 1)]
    public void A_computer_short_of_memory_gets_fewer_workers_but_never_none(int processors, long available, int workers) =>
        Assert.Equal(workers, WorkerPool.CountFor(processors, 256 << 10, available * Mebibyte));

    [Fact]
    public void All_workers_together_take_an_eighth_of_what_is_available() => Seeded.Cases(200, random =>
    {
        var (chunkSize, available) = (4096 << random.Next(11), random.NextInt64(64 * Mebibyte, 64L << 30));
        using var workers = new WorkerPool(chunkSize, available: available);
        using var one = new WorkerBuffers(chunkSize, zstdLevel: 1);
        Assert.True(workers.Count == 1 || workers.Count * (long)(one.Content.Length + one.Frame.Length) <= available / 8);
    });

    [Theory]
    [InlineData("MemTotal:       16265132 kB", "MemTotal", 16265132L << 10)]
    [InlineData("MemAvailable:   12 kB", "MemAvailable", 12L << 10)]
    [InlineData("MemAvailable:   12 kB", "MemTotal", null)]
    [InlineData("MemTotal:  -5 kB", "MemTotal", null)]
    [InlineData("MemTotal: 99999999999999999999 kB", "MemTotal", null)]
    [InlineData("MemTotal: 9223372036854775807 kB", "MemTotal", null)]
    [InlineData("MemTotal:", "MemTotal", null)]
    public void The_kernels_figures_are_read_as_it_writes_them(string line, string field, long? bytes) =>
        Assert.Equal(bytes, MemoryInfo.Parse(["Cached: 3 kB", line], field));

    [Fact]
    public void This_computer_has_memory() => Assert.InRange(MemoryInfo.Read("MemAvailable")!.Value, 1, MemoryInfo.Read("MemTotal")!.Value);
}
