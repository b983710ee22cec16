using OsDeploy.Personalisation;

namespace OsDeploy.Windows;

/// <summary>
/// The registry of a Windows that does not run, by the names that a running one has for its keys. <c>CurrentControlSet</c> is every control
/// set when something is changed, and the one Windows starts with when something is read.
/// </summary>
public sealed class WindowsRegistry
{
    private readonly Func<string, HivePlace> _placeOf;

    private readonly Func<string, string> _nameOf;

    private WindowsRegistry(Func<string, HivePlace> placeOf, Func<string, string>? nameOf = null) => (_placeOf, _nameOf) = (placeOf, nameOf ?? (file => file));

    /// <summary>Of a volume.</summary>
    /// <param name="find">Finds a file of it without case, by its path with slashes; null: there is none.</param>
    /// <param name="nameOf">What people who read from it are told of a file; null: its path.</param>
    public static WindowsRegistry Of(Func<string, string?> find, Func<string, string>? nameOf = null) => new(key => RegistryRoots.Of(key, find), nameOf);

    /// <summary>Of a volume that is mounted at a folder.</summary>
    public static WindowsRegistry OfFolder(string folder) => Of(new VolumeTree(Path.GetFullPath(folder), ignoresCase: true).Find);

    /// <summary>Of a single hive.</summary>
    /// <param name="root"><c>HKEY_LOCAL_MACHINE\SOFTWARE</c>: what its keys are called.</param>
    public static WindowsRegistry OfHive(string file, string root) => new(key => RegistryRoots.Of(key, file, root));

    /// <summary>What <see cref="Apply"/> would change. Writes nothing.</summary>
    /// <exception cref="UserErrorException"><c>hive-dirty</c>, <c>hive-damaged</c>, <c>registry-root</c> ...: what it would be refused for</exception>
    public IReadOnlyList<RegistryChange> Plan(IReadOnlyList<RegistryEdit> edits) => Run(edits, commit: false);

    /// <summary>
    /// Makes a registry as the edits say, one after the other. Nothing is written before all of them are known to be possible, nor where nothing
    /// differs. Commit point: of each hive its own.
    /// </summary>
    /// <returns>What is different now.</returns>
    public IReadOnlyList<RegistryChange> Apply(IReadOnlyList<RegistryEdit> edits) => Run(edits, commit: true);

    /// <returns>Null: there is no such key, value or hive.</returns>
    public RegistryData? Read(string key, string valueName)
    {
        using var hive = TryOpen(key, out var node);
        return node is { } found ? hive!.ValuesOf(found).FirstOrDefault(value => value.Is(valueName))?.Data : null;
    }

    /// <summary>Names of the keys below one; none where there is no such key or hive.</summary>
    public IReadOnlyList<string> SubKeys(string key)
    {
        using var hive = TryOpen(key, out var node);
        return node is { } found ? [.. hive!.ChildrenOf(found).Select(hive.NameOf)] : [];
    }

    /// <summary>A key with all that is in it, named as it was asked for.</summary>
    /// <exception cref="UserErrorException"><c>registry-key</c>: there is none</exception>
    public IReadOnlyList<RegistryEdit> Export(string key)
    {
        using var hive = TryOpen(key, out var node);
        return node is { } found
            ? [.. hive!.Walk(found, key).Select(one => new RegistryEdit(one.Path, IsDeleted: false, [.. hive.ValuesOf(one.Node).Select(EditOf)]))]
            : throw WindowsErrors.NoKey(key);
    }

    private static RegistryValueEdit EditOf(HiveValue value) => new(value.Name, value.Data.Type, value.Data.Bytes);

    private List<RegistryChange> Run(IReadOnlyList<RegistryEdit> edits, bool commit)
    {
        var hives = new OrderedDictionary<string, HiveEditing>(StringComparer.Ordinal);
        try
        {
            foreach (var edit in edits)
            {
                var place = _placeOf(edit.Key);
                if (!hives.TryGetValue(place.File, out var hive))
                {
                    hives.Add(place.File, hive = new HiveEditing(place.File, place.Root));
                }

                hive.Apply(place.Path, edit);
            }

            var changes = hives.Values.SelectMany(hive => hive.Changes).ToList();
            foreach (var hive in hives.Values.Where(_ => commit))
            {
                hive.Commit();
            }

            return changes;
        }
        finally
        {
            foreach (var hive in hives.Values)
            {
                hive.Dispose();
            }
        }
    }

    private Hive? TryOpen(string key, out nuint? node)
    {
        node = null;
        HivePlace place;
        try
        {
            place = _placeOf(key);
        }
        catch (UserErrorException e) when (e.Code == "registry-hive")
        {
            return null;
        }

        var hive = Hive.Open(place.File, forWriting: false, _nameOf(place.File));
        node = hive.Find(ControlSets.Current(hive, place.Root, place.Path));
        return hive;
    }
}
