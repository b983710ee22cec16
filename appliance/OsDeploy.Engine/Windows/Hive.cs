using System.Runtime.InteropServices;
using System.Text;
using OsDeploy.Storage;

namespace OsDeploy.Windows;

/// <summary>
/// One file of a Windows registry. Edits stay in memory until <see cref="WriteTo"/>; the file that was opened is never written.
/// After an exception of an edit the hive must be thrown away.
/// </summary>
internal sealed class Hive : IDisposable
{
    private readonly HiveHandle _handle;
    private readonly string _name;

    // Their lists of keys have to be put in order: see SubkeyLists.
    private readonly HashSet<nuint> _changedParents = [];

    private readonly IReadOnlySet<int> _suspects;

    private Hive(HiveHandle handle, string name, HiveHeader header, IReadOnlySet<int> suspects) => (_handle, _name, Header, _suspects) = (handle, name, header, suspects);

    public HiveHeader Header { get; }

    public nuint Root => NotNone(Hivex.hivex_root(_handle));

    /// <param name="name">What people are told of it; null: its path.</param>
    /// <exception cref="UserErrorException"><c>hive-dirty</c>, <c>hive-damaged</c>, <c>hive-unreadable</c>, <c>hivex-missing</c></exception>
    public static Hive Open(string path, bool forWriting, string? name = null)
    {
        var shown = name ?? path;
        var header = HiveHeader.Read(path, shown);
        if (header.IsDirty)
        {
            throw WindowsErrors.HiveDirty(shown);
        }

        try
        {
            var handle = Hivex.hivex_open(path, forWriting ? Hivex.OpenForWriting : 0);
            return handle.IsInvalid
                ? throw WindowsErrors.HiveDamaged(shown, LastError())
                : new Hive(handle, shown, header, forWriting ? HiveCheck.SuspectsIn(File.ReadAllBytes(path)) : new HashSet<int>());
        }
        catch (DllNotFoundException e)
        {
            throw WindowsErrors.HivexMissing(e);
        }
    }

    /// <param name="path">Without its root, parts between backslashes; empty: the root.</param>
    public nuint? Find(string path)
    {
        nuint? node = Root;
        foreach (var part in PartsOf(path))
        {
            node = node is { } parent ? Child(parent, part) : null;
        }

        return node;
    }

    public nuint? Child(nuint parent, string name)
    {
        foreach (var child in ChildrenOf(parent))
        {
            if (string.Equals(TryNameOf(child), name, StringComparison.OrdinalIgnoreCase))
            {
                return child;
            }
        }

        return null;
    }

    public unsafe IReadOnlyList<nuint> ChildrenOf(nuint node) => Taken(Hivex.hivex_node_children(_handle, node));

    public string NameOf(nuint node) => TryNameOf(node) ?? throw WindowsErrors.HiveDamaged(_name, "the name of a key in it cannot be read");

    /// <summary>A key and all below it, parents first. A hive that names a key twice is damaged, and could go round in circles.</summary>
    /// <param name="path">Of the key; those below it are named after it.</param>
    public IEnumerable<(nuint Node, string Path)> Walk(nuint node, string path)
    {
        var seen = new HashSet<nuint>();
        var waiting = new Stack<(nuint Node, string Path)>([(node, path)]);
        while (waiting.TryPop(out var one))
        {
            if (!seen.Add(one.Node))
            {
                throw WindowsErrors.HiveDamaged(_name, "a key in it is below itself or below two others");
            }

            yield return one;
            foreach (var child in ChildrenOf(one.Node).Reverse())
            {
                waiting.Push((child, one.Path.Length == 0 ? NameOf(child) : one.Path + '\\' + NameOf(child)));
            }
        }
    }

    public unsafe IReadOnlyList<HiveValue> ValuesOf(nuint node) => [.. Taken(Hivex.hivex_node_values(_handle, node)).Select(ValueOf)];

    /// <returns>The new key, with the owner and rights of its parent.</returns>
    public nuint Add(nuint parent, string name)
    {
        RequireSound(parent);
        var node = NotNone(Hivex.hivex_node_add_child(_handle, parent, name));
        _changedParents.Add(parent);
        return node;
    }

    /// <summary>Deletes a key and all below it.</summary>
    public void Delete(nuint parent, nuint node)
    {
        // The room of what is deleted may be used again for something else.
        var all = Walk(node, "").Select(one => one.Node).ToList();
        all.Append(parent).ToList().ForEach(RequireSound);
        _changedParents.ExceptWith(all);
        if (Hivex.hivex_node_delete_child(_handle, node) != 0)
        {
            throw WindowsErrors.HiveDamaged(_name, LastError());
        }

        _changedParents.Add(parent);
    }

    /// <summary>Puts these in the place of all values of a key.</summary>
    public unsafe void SetValues(nuint node, IReadOnlyList<HiveValue> values)
    {
        RequireSound(node);
        var names = values.Select(value => Encoding.UTF8.GetBytes(value.Name + '\0')).ToList();
        var pins = new List<GCHandle>();
        var rows = new Hivex.SetValue[values.Count];
        try
        {
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = new Hivex.SetValue
                {
                    Key = Pin(names[i], pins),
                    Type = (uint)values[i].Data.Type,
                    Length = (nuint)values[i].Data.Bytes.Length,
                    Data = Pin(values[i].Data.Bytes, pins),
                };
            }

            fixed (Hivex.SetValue* first = rows)
            {
                if (Hivex.hivex_node_set_values(_handle, node, (nuint)rows.Length, first, 0) != 0)
                {
                    throw WindowsErrors.HiveDamaged(_name, LastError());
                }
            }
        }
        finally
        {
            pins.ForEach(pin => pin.Free());
        }
    }

    /// <summary>Writes the whole hive into another file, with both its sequence numbers raised, durably.</summary>
    public void WriteTo(string path)
    {
        if (Hivex.hivex_commit(_handle, path, 0) != 0)
        {
            throw WindowsErrors.HiveUnwritable(_name, LastError());
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var lists = new SubkeyLists(bytes, Header.HasHashedLists);
        foreach (var parent in _changedParents)
        {
            lists.Arrange(checked((int)parent));
        }

        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
        DurableFile.Sync(file.SafeFileHandle, _name);
    }

    public void Dispose() => _handle.Dispose();

    internal static string[] PartsOf(string path) => path.Split('\\', StringSplitOptions.RemoveEmptyEntries);

    private static unsafe byte* Pin(byte[] bytes, List<GCHandle> pins)
    {
        var pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        pins.Add(pin);
        return (byte*)pin.AddrOfPinnedObject();
    }

    private unsafe string? TryNameOf(nuint node)
    {
        var name = Hivex.hivex_node_name(_handle, node);
        return name is null ? null : Taken(name, Hivex.hivex_node_name_len(_handle, node));
    }

    private unsafe HiveValue ValueOf(nuint value)
    {
        var name = Hivex.hivex_value_key(_handle, value);
        if (name is null)
        {
            throw WindowsErrors.HiveDamaged(_name, "the name of a value in it cannot be read");
        }

        var text = Taken(name, Hivex.hivex_value_key_len(_handle, value));
        var data = Hivex.hivex_value_value(_handle, value, out var type, out var length);
        if (data is null)
        {
            throw WindowsErrors.HiveDamaged(_name, LastError());
        }

        var bytes = new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
        NativeMemory.Free(data);
        return new HiveValue(text, new RegistryData((RegistryType)type, bytes));
    }

    private static unsafe string Taken(byte* text, nuint length)
    {
        var taken = Encoding.UTF8.GetString(text, checked((int)length));
        NativeMemory.Free(text);
        return taken;
    }

    private unsafe List<nuint> Taken(nuint* list)
    {
        if (list is null)
        {
            throw WindowsErrors.HiveDamaged(_name, LastError());
        }

        var taken = new List<nuint>();
        for (var one = list; *one != 0; one++)
        {
            taken.Add(*one);
        }

        NativeMemory.Free(list);
        return taken;
    }

    private void RequireSound(nuint node)
    {
        if (_suspects.Contains(checked((int)node)))
        {
            throw WindowsErrors.HiveDamaged(_name, $"the key {NameOf(node)} in it holds what belongs to another or to none");
        }
    }

    private nuint NotNone(nuint node) => node != 0 ? node : throw WindowsErrors.HiveDamaged(_name, LastError());

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
