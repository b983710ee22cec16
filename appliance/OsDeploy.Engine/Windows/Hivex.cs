using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Windows;

/// <summary>The functions of libhivex that a registry needs. Nodes and values are numbers, 0 is none. Source: hivex(3)</summary>
internal static partial class Hivex
{
    internal const int OpenForWriting = 4; // HIVEX_OPEN_WRITE

    private const string Library = "libhivex.so.0";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial HiveHandle hivex_open(string path, int flags);

    [LibraryImport(Library)]
    internal static partial int hivex_close(nint hive);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nuint hivex_root(HiveHandle hive);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial byte* hivex_node_name(HiveHandle hive, nuint node);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nuint hivex_node_name_len(HiveHandle hive, nuint node);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nuint* hivex_node_children(HiveHandle hive, nuint node);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nuint* hivex_node_values(HiveHandle hive, nuint node);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial byte* hivex_value_key(HiveHandle hive, nuint value);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nuint hivex_value_key_len(HiveHandle hive, nuint value);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial byte* hivex_value_value(HiveHandle hive, nuint value, out uint type, out nuint length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nuint hivex_node_add_child(HiveHandle hive, nuint parent, string name);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int hivex_node_delete_child(HiveHandle hive, nuint node);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int hivex_node_set_values(HiveHandle hive, nuint node, nuint count, SetValue* values, int flags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int hivex_commit(HiveHandle hive, string path, int flags);

    /// <summary>A <c>hive_set_value</c>. The library copies what it points at.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct SetValue
    {
        public byte* Key;
        public uint Type;
        public nuint Length;
        public byte* Data;
    }
}

/// <summary>A <c>hive_h*</c>.</summary>
internal sealed class HiveHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Hivex.hivex_close(handle) == 0;
}
