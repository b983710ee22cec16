namespace OsDeploy.Benchmarks.Machine;

/// <summary>The kernel's memory of file contents, which would let a second run read nothing from the disk.</summary>
internal static class PageCache
{
    public static async Task DropAsync(CancellationToken cancel)
    {
        await new Command("sync").RunAsync(cancel);
        await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "3\n", cancel);
    }
}
