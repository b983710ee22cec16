namespace OsDeploy.Screens.Forms;

/// <summary>A form as questions and answers. A dialog, or lines for a screen reader, are made of it.</summary>
internal sealed class FormModel(string title, IReadOnlyList<FormField> fields, params IReadOnlyList<FormAction> actions)
{
    public string Title { get; } = title;

    /// <summary>What the form is for, shown on F1.</summary>
    public string Help { get; init; } = "";

    /// <summary>In the order they are asked.</summary>
    public IReadOnlyList<FormField> Fields { get; } = fields;

    /// <summary>Beside cancelling, which every form has. The first is what Enter does, unless it is destructive.</summary>
    public IReadOnlyList<FormAction> Actions { get; } = actions;

    /// <summary>What is wrong with the answers together; null: nothing.</summary>
    public Func<string?>? Rule { get; init; }

    /// <summary>The command lines that do the same with the present answers.</summary>
    public Func<IReadOnlyList<CommandLine>>? Equivalent { get; init; }

    public IEnumerable<FormField> Asked => Fields.Where(one => one.IsAsked);

    public bool IsChanged => Asked.Any(one => one.IsChanged);

    public T Get<T>(string id)
        where T : FormField => Fields.OfType<T>().First(field => field.Id == id);

    /// <summary>The first thing that is wrong, field by field, then as a whole.</summary>
    public FormFault? Check()
    {
        foreach (var field in Asked)
        {
            if (field.Check() is { } fault)
            {
                return new FormFault(field, fault);
            }
        }

        return Rule?.Invoke() is { } whole ? new FormFault(null, whole) : null;
    }
}

/// <param name="Field">Where it is to be mended; null: the answers do not go together.</param>
internal sealed record FormFault(FormField? Field, string Text);
