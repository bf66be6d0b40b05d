using System.Globalization;
using System.Reflection;

namespace Nitejar.Tests.Surface;

/// <summary>Writes members much as C# does.</summary>
internal static class Signatures
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(double)] = "double",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
    };

    public static string Full(Type type) =>
        type.Namespace is { Length: > 0 } space ? $"{space}.{Short(type)}" : Short(type);

    public static string Short(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : type.IsByRef ? Short(type.GetElementType()!)
        : type.IsArray ? Short(type.GetElementType()!) + "[]"
        : Nullable.GetUnderlyingType(type) is { } value ? Short(value) + "?"
        : Outer(type) + NameOf(type, type.GetGenericArguments().Select(Short));

    public static string Of(FieldInfo field) =>
        field.DeclaringType!.IsEnum
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
            )
            : $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Type(new NullabilityInfoContext().Create(field))} {field.Name}{(field.IsLiteral ? $" = {Text(field.GetRawConstantValue())}" : "")}";

    public static string Of(ConstructorInfo made) => $"new{Parameters(made)}";

    public static string Of(MethodInfo method) =>
        $"{(method.IsStatic ? "static " : "")}{Type(new NullabilityInfoContext().Create(method.ReturnParameter))} {NameOf(method)}{Parameters(method)}";

    public static string Of(PropertyInfo property) =>
        $"{(property.GetMethod is { IsStatic: true } ? "static " : "")}{Type(new NullabilityInfoContext().Create(property))} {property.Name}";

    private static string NameOf(MethodInfo method) =>
        method.IsGenericMethod
            ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(Short))}>"
            : method.Name;

    private static string Parameters(MethodBase method) =>
        $"({string.Join(", ", method.GetParameters().Select(Of))})";

    private static string Of(ParameterInfo parameter)
    {
        var passing =
            parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : parameter.ParameterType.IsByRef ? "ref "
            : "";
        var value = parameter.HasDefaultValue ? $" = {Text(parameter.RawDefaultValue)}" : "";
        return $"{passing}{Type(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{value}";
    }

    /// <summary>With a question mark wherever <see langword="null"/> is allowed.</summary>
    private static string Type(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (type.IsValueType && !type.IsGenericType)
        {
            return Short(type);
        }

        var name =
            info.ElementType is { } element ? Type(element) + "[]"
            : Nullable.GetUnderlyingType(type) is { } value ? Short(value)
            : info.GenericTypeArguments.Length > 0
                ? Outer(type) + NameOf(type, info.GenericTypeArguments.Select(Type))
            : Short(type);
        var isNullable =
            info.ReadState == NullabilityState.Nullable
            || (
                info.ReadState == NullabilityState.Unknown
                && info.WriteState == NullabilityState.Nullable
            );
        return isNullable ? name + "?" : name;
    }

    private static string Outer(Type type) =>
        type is { IsNested: true, IsGenericParameter: false }
            ? Short(type.DeclaringType!) + "."
            : "";

    private static string NameOf(Type type, IEnumerable<string> arguments) =>
        type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>"
            : type.Name;

    private static string Text(object? value) =>
        value switch
        {
            null => "default",
            string text => $"\"{text}\"",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
