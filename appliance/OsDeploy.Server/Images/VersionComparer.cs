using System.Globalization;
using OsDeploy.Api.Appliance;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Server.Images;

/// <summary>How two versions differ, from what they say of themselves: no chunk is read.</summary>
internal sealed class VersionComparer(IImageStore store)
{
    private readonly VersionContent _content = new(store);

    public async Task<VersionComparison> RunAsync(VersionId first, VersionId second, CancellationToken cancel)
    {
        var (one, two) = (await _content.ReadAsync(first, cancel), await _content.ReadAsync(second, cancel));
        var (left, right) = (await ChunksAsync(one, cancel), await ChunksAsync(two, cancel));
        var shared = left.Where(pair => right.ContainsKey(pair.Key)).Sum(pair => pair.Value);
        return new VersionComparison(
            shared, left.Values.Sum() - shared, right.Where(pair => !left.ContainsKey(pair.Key)).Sum(pair => pair.Value), [.. Differences(one, two)]);
    }

    private Task<Dictionary<ChunkId, long>> ChunksAsync(Manifest manifest, CancellationToken cancel) =>
        _content.ChunksAsync(manifest.Regions().Select(region => region.Index), cancel);

    private static IEnumerable<string> Differences(Manifest one, Manifest two)
    {
        if (one.Firmware != two.Firmware)
        {
            yield return $"firmware: {one.Firmware} and {two.Firmware}";
        }

        if (one.Disks.Count != two.Disks.Count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"disks: {one.Disks.Count} and {two.Disks.Count}");
        }

        foreach (var (left, right) in one.Disks.Zip(two.Disks))
        {
            foreach (var number in left.Partitions.Concat(right.Partitions).Select(partition => partition.Number).Distinct().Order())
            {
                var (before, after) = (TextOf(left, number), TextOf(right, number));
                if (before != after)
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"disk {left.Number} partition {number}: {before} and {after}");
                }
            }
        }
    }

    private static string TextOf(DiskRecord disk, int number) => disk.Partitions.FirstOrDefault(partition => partition.Number == number) is { } found
        ? $"{Printable.Of(found.FileSystem ?? "unknown")} {Sizes.Of(found.Length)} {found.Content}{(found.Grow ? " grow" : "")}"
        : "none";
}
