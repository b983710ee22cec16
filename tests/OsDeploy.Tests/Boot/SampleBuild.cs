using OsDeploy.Boot;

namespace OsDeploy.Tests.Boot;

/// <summary>A client build of random bytes.</summary>
internal static class SampleBuild
{
    private const int InitrdSize = 300_000;

    /// <param name="number">Another number is another build.</param>
    /// <returns>The folder.</returns>
    public static async Task<string> MakeAsync(string folder, int number, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(folder, "loaders"));
        var random = new Random(Seeded.Seed + number);
        foreach (var name in ClientBuild.FileNames)
        {
            var bytes = new byte[name == ClientBuild.Initrd ? InitrdSize : 5000];
            random.NextBytes(bytes);
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, cancel);
        }

        var build = await ClientBuild.DescribeAsync(folder, "6.12.1-amd64", "quiet", cancel);
        await File.WriteAllBytesAsync(Path.Combine(folder, ClientBuild.Description), build.ToBytes(), cancel);
        return folder;
    }
}
