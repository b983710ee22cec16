namespace OsDeploy.ImageBuilder.Modules;

/// <summary>What depmod(8) has found out about the modules of a kernel.</summary>
internal sealed class ModuleIndex
{
    private static readonly char[] s_blanks = [' ', '\t'];

    private readonly Dictionary<string, (string Path, string[] Needs)> _modules = [];
    private readonly Dictionary<string, List<string>> _wishes = [];
    private readonly HashSet<string> _builtIn;

    /// <param name="dependencies">Content of modules.dep.</param>
    /// <param name="wishes">Content of modules.softdep.</param>
    /// <param name="builtIn">Content of modules.builtin.</param>
    public ModuleIndex(string dependencies, string wishes, string builtIn)
    {
        foreach (var line in dependencies.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                _modules[NameOf(line[..colon])] = (line[..colon], line[(colon + 1)..].Split(s_blanks, StringSplitOptions.RemoveEmptyEntries));
            }
        }

        foreach (var line in wishes.Split('\n'))
        {
            // softdep NAME pre: A B post: C
            if (line.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries) is ["softdep", var name, .. var words])
            {
                _wishes.TryAdd(Canonical(name), []);
                _wishes[Canonical(name)].AddRange(words.Where(word => !word.EndsWith(':')).Select(Canonical));
            }
        }

        _builtIn = [.. builtIn.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(NameOf)];
    }

    /// <summary>Paths of modules with all they need, in order; what is built into the kernel needs no file.</summary>
    /// <exception cref="UserErrorException"><c>module-missing</c></exception>
    public IReadOnlyList<string> Closure(IEnumerable<string> names)
    {
        var taken = new SortedSet<string>(StringComparer.Ordinal);
        var left = new Queue<(string Name, bool IsWanted)>(names.Select(name => (Canonical(name), true)));
        while (left.TryDequeue(out var next))
        {
            if (!_modules.TryGetValue(next.Name, out var module))
            {
                if (next.IsWanted && !_builtIn.Contains(next.Name))
                {
                    throw Errors.ModuleMissing(next.Name);
                }

                continue;
            }

            if (taken.Add(module.Path))
            {
                module.Needs.ToList().ForEach(path => left.Enqueue((NameOf(path), true)));
                _wishes.GetValueOrDefault(next.Name, []).ForEach(name => left.Enqueue((name, false)));
            }
        }

        return [.. taken];
    }

    // kernel/net/foo-bar.ko.xz is the module foo_bar.
    private static string NameOf(string path) => Canonical(Path.GetFileName(path).Split('.')[0]);

    private static string Canonical(string name) => name.Replace('-', '_');
}
