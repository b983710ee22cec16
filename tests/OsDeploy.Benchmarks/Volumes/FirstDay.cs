using System.Globalization;

namespace OsDeploy.Benchmarks.Volumes;

/// <summary>
/// Fills an empty volume with real files. Media files stand between them, and temporary files come and go, so that the rest lies
/// scattered as on a disk in use.
/// </summary>
internal sealed class FirstDay(string root, Random random)
{
    private const int TemporaryOneIn = 10;
    private const int TemporaryFilesKept = 60;
    private const int MaxTemporary = 256 << 10;
    private const int MaxMedia = 8 << 20;

    private readonly List<string> _temporary = [];
    private long _media;

    /// <param name="sources">Files to copy; when they do not suffice, altered copies of them follow.</param>
    public void Fill(IReadOnlyList<string> sources, long fileBytes, long mediaBytes, CancellationToken cancel)
    {
        long copied = 0;
        for (var turn = 0; copied < fileBytes; turn++)
        {
            foreach (var source in sources)
            {
                cancel.ThrowIfCancellationRequested();
                if (copied >= fileBytes)
                {
                    break;
                }

                copied += Copy(source, turn);
                AddMedia(until: (long)((double)copied / fileBytes * mediaBytes), mediaBytes);
                ComeAndGo();
            }
        }

        DeleteTemporary();
    }

    private long Copy(string source, int turn)
    {
        var folder = turn == 0 ? root : Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"again-{turn}"));
        var destination = Path.Combine(folder, source.TrimStart('/'));
        if (turn > 0)
        {
            AlteredCopy.Write(source, destination, random);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            File.Copy(source, destination);
        }

        return new FileInfo(destination).Length;
    }

    private void AddMedia(long until, long mediaBytes)
    {
        while (_media < Math.Min(until, mediaBytes))
        {
            var size = (int)Math.Min(random.Next(MaxMedia / 4, MaxMedia), mediaBytes - _media);
            WriteRandom(Path.Combine(root, "media", string.Create(CultureInfo.InvariantCulture, $"film-{_media}.mp4")), size);
            _media += size;
        }
    }

    private void ComeAndGo()
    {
        if (random.Next(TemporaryOneIn) > 0)
        {
            return;
        }

        var path = Path.Combine(root, "tmp", string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}.tmp"));
        WriteRandom(path, random.Next(MaxTemporary));
        _temporary.Add(path);
        if (_temporary.Count > TemporaryFilesKept)
        {
            DeleteTemporary();
        }
    }

    private void DeleteTemporary()
    {
        _temporary.ForEach(File.Delete);
        _temporary.Clear();
    }

    private void WriteRandom(string path, int size)
    {
        var content = new byte[size];
        random.NextBytes(content);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
