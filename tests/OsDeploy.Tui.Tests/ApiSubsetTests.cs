using System.Reflection;
using System.Runtime.CompilerServices;
using OsDeploy.Tui.ViewBase;
using Xunit;

namespace OsDeploy.Tui.Tests;

/// <summary>
/// Screens compile against Terminal.Gui as well, so nothing may be public here that is not there. Whoever adds a line to the file has looked
/// it up in the source it names.
/// </summary>
public sealed class ApiSubsetTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void What_is_public_is_what_the_file_promises()
    {
        var promised = File.ReadAllLines(PathOfFile()).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ')[0]).ToList();
        var actual = typeof(View).Assembly.GetExportedTypes().SelectMany(MembersOf).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Equal([], actual.Except(promised));
        Assert.Equal([], promised.Except(actual));
        Assert.Equal(promised.Order(StringComparer.Ordinal), promised);
    }

    [Fact]
    public void Every_line_names_a_source_file_of_Terminal_Gui() =>
        Assert.All(File.ReadAllLines(PathOfFile()).Where(line => line.Length > 0 && line[0] != '#'), line => Assert.Matches(@"^\S+  Terminal\.Gui/\S+\.cs$", line));

    private static string PathOfFile([CallerFilePath] string test = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, "../../tui/OsDeploy.Tui/api-subset.txt"));

    private static IEnumerable<string> MembersOf(Type type)
    {
        yield return NameOf(type);
        foreach (var member in type.GetMembers(Declared).Where(member => IsPromise(type, member)))
        {
            var parameters = member is ConstructorInfo ctor ? $"({string.Join(",", ctor.GetParameters().Select(Shape))})" : "";
            yield return $"{NameOf(type)}.{(member is ConstructorInfo ? "ctor" : member.Name)}{parameters}";
        }
    }

    private static string Shape(ParameterInfo parameter) => NameOf(parameter.ParameterType);

    private static string NameOf(Type type) => type.Name.Split('`')[0].TrimEnd('&');

    private static bool IsPromise(Type type, MemberInfo member) => member switch
    {
        _ when type.IsSubclassOf(typeof(Delegate)) => false,
        _ when member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null && member is not PropertyInfo => false,
        FieldInfo field => IsSeen(field.Attributes) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => IsPromise(type, accessor, isAccessor: true)),
        EventInfo happening => IsPromise(type, happening.AddMethod!, isAccessor: true),
        ConstructorInfo ctor => IsSeen((FieldAttributes)ctor.Attributes) && ctor.GetParameters().Length > 0,
        MethodInfo method => IsPromise(type, method, isAccessor: false),
        _ => false,
    };

    // What overrides, or is there for an interface, promises nothing new.
    private static bool IsPromise(Type type, MethodInfo method, bool isAccessor) =>
        IsSeen((FieldAttributes)method.Attributes)
        && method.GetBaseDefinition() == method
        && (isAccessor || !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && (type.IsInterface || !type.GetInterfaces().Any(face => type.GetInterfaceMap(face).TargetMethods.Contains(method)));

    // The bits for who may see it are the same for fields and methods.
    private static bool IsSeen(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
}
