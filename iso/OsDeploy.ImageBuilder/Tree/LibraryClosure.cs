namespace OsDeploy.ImageBuilder.Tree;

/// <summary>Adds to a tree what its programs are linked with, and what that is linked with.</summary>
internal sealed class LibraryClosure(SourceTree source, ClientTree tree)
{
    private static readonly string[] s_folders = ["usr/lib/x86_64-linux-gnu", "usr/lib64", "usr/lib"];

    /// <exception cref="UserErrorException"><c>library-missing</c></exception>
    public void Complete()
    {
        var left = new Queue<string>(tree.Entries.Keys);
        var seen = new HashSet<string>();
        while (left.TryDequeue(out var name))
        {
            if (tree.Entries[name] is not Entry.Copied file || !seen.Add(name) || NeedsOf(file.Source) is not { } elf)
            {
                continue;
            }

            foreach (var path in elf.Needed.Select(library => Find(library) ?? throw Errors.LibraryMissing(library, name)).Concat(elf.Interpreter is { } loader ? [loader.TrimStart('/')] : []))
            {
                if (!tree.TryTake(path))
                {
                    throw Errors.LibraryMissing(path, name);
                }

                left.Enqueue(source.Resolve(path)!);
            }
        }
    }

    private string? Find(string library) => s_folders.Select(folder => $"{folder}/{library}").FirstOrDefault(source.Exists);

    private static Elf? NeedsOf(string path)
    {
        using (var file = File.OpenHandle(path))
        {
            Span<byte> start = stackalloc byte[128];
            if (!Elf.IsElf(start[..RandomAccess.Read(file, start, 0)]))
            {
                return null;
            }
        }

        return Elf.TryRead(File.ReadAllBytes(path));
    }
}
