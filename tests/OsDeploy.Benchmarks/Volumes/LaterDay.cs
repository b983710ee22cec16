namespace OsDeploy.Benchmarks.Volumes;

/// <summary>
/// A day of use: programs updated, installed and removed, databases edited in place, files read. About 5 % of the bytes are
/// new. Programs come and go folder by folder; each file is met at most once.
/// </summary>
internal sealed class LaterDay(string root, Random random)
{
    private const double UpdatedShare = 0.025;
    private const double NewShare = 0.025;
    private const double DeletedShare = 0.015;
    private const int EditedFiles = 300;
    private const int EditsPerFile = 3;
    private const int MaxEdit = 4096;
    private const int ReadFiles = 2000;
    private const long LargestChanged = 32 << 20;
    private static readonly DateTime s_readAt = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    public void Pass(CancellationToken cancel)
    {
        var files = SourceFiles.In(root);
        var total = files.Sum(path => new FileInfo(path).Length);
        var folders = files.Where(path => new FileInfo(path).Length <= LargestChanged).GroupBy(Path.GetDirectoryName).ToArray();
        random.Shuffle(folders);
        var next = new Queue<string>(folders.SelectMany(folder => folder));
        foreach (var path in Take(next, total * UpdatedShare, cancel))
        {
            AlteredCopy.Write(path, path + ".new", random);
            File.Move(path + ".new", path, overwrite: true);
        }

        foreach (var path in Take(next, total * NewShare, cancel))
        {
            AlteredCopy.Write(path, Path.Combine(root, "opt", "new-program", Path.GetRelativePath(root, path)), random);
        }

        foreach (var path in Take(next, total * DeletedShare, cancel))
        {
            File.Delete(path);
        }

        var rest = next.ToArray();
        random.Shuffle(rest);
        EditInPlace(rest.Take(EditedFiles));
        foreach (var path in rest.Skip(EditedFiles).Take(ReadFiles))
        {
            File.SetLastAccessTimeUtc(path, s_readAt);
        }
    }

    private static IEnumerable<string> Take(Queue<string> files, double bytes, CancellationToken cancel)
    {
        for (double taken = 0; taken < bytes && files.TryDequeue(out var path);)
        {
            cancel.ThrowIfCancellationRequested();
            taken += new FileInfo(path).Length;
            yield return path;
        }
    }

    private void EditInPlace(IEnumerable<string> files)
    {
        foreach (var path in files)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            for (var edit = 0; edit < EditsPerFile; edit++)
            {
                var record = new byte[random.Next(1, MaxEdit)];
                random.NextBytes(record);
                var room = RandomAccess.GetLength(file) - record.Length;
                RandomAccess.Write(file, record, random.NextInt64(Math.Max(room, 0) + 1));
            }
        }
    }
}
