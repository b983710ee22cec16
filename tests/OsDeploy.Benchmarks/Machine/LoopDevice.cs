namespace OsDeploy.Benchmarks.Machine;

/// <summary>A stretch of a file as a block device, until disposed.</summary>
internal sealed class LoopDevice : IAsyncDisposable
{
    private LoopDevice(string path) => Path = path;

    public string Path { get; }

    public static async Task<LoopDevice> AttachAsync(string file, long offset, long length, bool isReadOnly, CancellationToken cancel)
    {
        List<string> arguments = ["--find", "--show", $"--offset={offset}", $"--sizelimit={length}"];
        if (isReadOnly)
        {
            arguments.Add("--read-only");
        }

        var attached = await new Command("losetup", [.. arguments, file]).RunAsync(cancel);
        return new LoopDevice(attached.Output.Trim());
    }

    public static async Task<LoopDevice> AttachAsync(string file, bool isReadOnly, CancellationToken cancel) =>
        await AttachAsync(file, 0, new FileInfo(file).Length, isReadOnly, cancel);

    /// <summary>Field 7 of the kernel's statistics, in sectors of 512 bytes. Counts on when the device is attached anew.</summary>
    public long WrittenBytes()
    {
        var fields = File.ReadAllText($"/sys/block/{System.IO.Path.GetFileName(Path)}/stat")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[6], System.Globalization.CultureInfo.InvariantCulture) * 512;
    }

    public async ValueTask DisposeAsync() =>
        await new Command("losetup", "--detach", Path).RunAsync(CancellationToken.None);
}
