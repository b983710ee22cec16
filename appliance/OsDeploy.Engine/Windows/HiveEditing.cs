namespace OsDeploy.Windows;

/// <summary>Edits one hive in memory and keeps account of what is different at the end, whatever came and went in between.</summary>
/// <param name="root">What the hive's own root is called.</param>
internal sealed class HiveEditing(string file, string root) : IDisposable
{
    // Microsoft, "Registry Element Size Limits".
    private const int MostName = 16383;
    private const int MostKeyName = 255;

    private readonly Hive _hive = Hive.Open(file, forWriting: true);
    private readonly OrderedDictionary<(string Key, string? Value), RegistryChange> _notes = new(new IgnoringCase());

    public IReadOnlyList<RegistryChange> Changes => [.. _notes.Values.Where(change => !Equals(change.Before, change.After))];

    /// <param name="path">Below the root of the hive; where it begins with the current control set, each is meant.</param>
    public void Apply(string path, RegistryEdit edit)
    {
        foreach (var one in ControlSets.Each(_hive, root, path))
        {
            if (edit.IsDeleted)
            {
                Delete(one, edit.Key);
            }
            else
            {
                SetValues(Create(one), KeyOf(one), edit.Values);
            }
        }
    }

    /// <summary>Writes the hive if anything has changed.</summary>
    public void Commit()
    {
        if (Changes is { Count: > 0 } changes)
        {
            HiveFile.Replace(file, _hive, written => changes.All(change => IsIn(written, change)));
        }
    }

    public void Dispose() => _hive.Dispose();

    private bool IsIn(Hive hive, RegistryChange change)
    {
        var node = hive.Find(RegistryRoots.Below(change.Key, root)!);
        return change.ValueName is not { } name
            ? node is not null == change.After is not null
            : Equals(node is { } found ? hive.ValuesOf(found).FirstOrDefault(value => value.Is(name))?.Data : null, change.After);
    }

    private nuint Create(string path)
    {
        var (node, at) = (_hive.Root, "");
        foreach (var part in Hive.PartsOf(path))
        {
            at = at.Length == 0 ? part : $@"{at}\{part}";
            RequireName(part, MostKeyName, KeyOf(at));
            if (_hive.Child(node, part) is { } child)
            {
                node = child;
                continue;
            }

            node = _hive.Add(node, part);
            Note(KeyOf(at), null, null, RegistryData.None);
        }

        return node;
    }

    private void SetValues(nuint node, string key, IReadOnlyList<RegistryValueEdit> edits)
    {
        var values = _hive.ValuesOf(node).ToList();
        var isChanged = false;
        foreach (var edit in edits)
        {
            RequireName(edit.Name, MostName, key);
            var at = values.FindIndex(value => value.Is(edit.Name));
            var before = at < 0 ? null : values[at].Data;
            var after = edit.Data is null ? null : new RegistryData(edit.Type, edit.Data);
            if (Equals(before, after))
            {
                continue;
            }

            Note(key, edit.Name, before, after);
            Put(values, at, edit.Name, after);
            isChanged = true;
        }

        if (isChanged)
        {
            RequireWritable(key, values);
            _hive.SetValues(node, values);
        }
    }

    private static void Put(List<HiveValue> values, int at, string name, RegistryData? data)
    {
        if (data is null)
        {
            values.RemoveAt(at);
        }
        else if (at < 0)
        {
            values.Add(new HiveValue(name, data));
        }
        else
        {
            values[at] = values[at] with { Data = data };
        }
    }

    private void Delete(string path, string asked)
    {
        var parts = Hive.PartsOf(path);
        if (parts.Length == 0 || (parts.Length == 1 && ControlSets.IsOne(root, parts[0])))
        {
            throw WindowsErrors.WholeHive(asked);
        }

        if (_hive.Find(path) is not { } node)
        {
            return;
        }

        foreach (var (below, at) in _hive.Walk(node, path))
        {
            Note(KeyOf(at), null, RegistryData.None, null);
            foreach (var value in _hive.ValuesOf(below))
            {
                Note(KeyOf(at), value.Name, value.Data, null);
            }
        }

        _hive.Delete(_hive.Find(string.Join('\\', parts[..^1]))!.Value, node);
    }

    private void Note(string key, string? value, RegistryData? before, RegistryData? after)
    {
        var first = _notes.TryGetValue((key, value), out var noted) ? noted : new RegistryChange(key, value, before, null);
        _notes[(key, value)] = first with { After = after };
    }

    // All values of a key are written anew with one of them.
    private void RequireWritable(string key, List<HiveValue> values)
    {
        if (_hive.Header.SplitsLongValues && values.Find(value => value.Data.Bytes.Length > HiveValue.MostInOneCell) is { } tooLong)
        {
            throw WindowsErrors.LongValue(key, tooLong.Name, tooLong.Data.Bytes.Length);
        }

        values.ForEach(value => RequireName(value.Name, MostName, key));
    }

    private static void RequireName(string name, int most, string key)
    {
        if (name.Length > most || name.Contains('\0', StringComparison.Ordinal) || name.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar))
        {
            throw WindowsErrors.BadName(key);
        }
    }

    private string KeyOf(string path) => path.Length == 0 ? root : $@"{root}\{path}";

    private sealed class IgnoringCase : IEqualityComparer<(string Key, string? Value)>
    {
        public bool Equals((string Key, string? Value) one, (string Key, string? Value) other) =>
            string.Equals(one.Key, other.Key, StringComparison.OrdinalIgnoreCase) && string.Equals(one.Value, other.Value, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Key, string? Value) one) =>
            HashCode.Combine(one.Key.GetHashCode(StringComparison.OrdinalIgnoreCase), one.Value?.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
